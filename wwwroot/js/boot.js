// Runs before the first paint, so that neither the theme nor the language is seen to change; all else is a module.
(() => {
  const root = document.documentElement;
  const stored = key => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.scheme = stored('scheme') ?? (dark ? 'dark' : 'light');

  const tags = { en: 'en', zh: 'zh-Hans' };
  const wishes = [new URLSearchParams(location.search).get('lang'), stored('language'), ...navigator.languages];
  const language = wishes.map(wish => wish?.slice(0, 2).toLowerCase()).find(wish => wish in tags) ?? 'en';
  root.lang = tags[language];
  if (language !== 'en') {
    root.dataset.translating = '';
    const early = document.createElement('link');
    early.rel = 'modulepreload';
    early.href = `js/strings/${language}.js`;
    document.head.append(early);
  }

  root.dataset.view = /^#\/(\w+)/.exec(location.hash)?.[1] ?? 'draw';
})();
