import { feedback } from './feedback.js';
import { startRouter } from './router.js';
import { startShortcuts } from './shortcuts.js';
import { firstLanguage, languageButton, speak } from './strings.js';
import { themeButton } from './theme.js';

const main = document.getElementById('main');

document.querySelector('.skip').addEventListener('click', event => {
  // The fragment is the view's address, so the focus moves without it.
  event.preventDefault();
  main.focus();
});

feedback.addEventListener('change', () => {
  document.querySelector('[data-tab="feedback"]').hidden = !feedback.isEnabled;
});
languageButton(document.getElementById('language'));
themeButton(document.getElementById('theme'));
await speak(firstLanguage());
await startRouter();
startShortcuts(document.getElementById('help'));
feedback.refresh().catch(() => {});
