import english from './strings/en.js';
import { remember } from './storage.js';

/** Every language: its tag for `<html lang>`, its own name, and where its strings are. */
export const languages = {
  en: { tag: 'en', name: 'English', load: async () => english },
  zh: { tag: 'zh-Hans', name: '中文', load: async () => (await import('./strings/zh.js')).default },
};

let strings = english;
let current = 'en';

export const language = () => current;

/** The text of a key, with every {name} replaced: t('answer.or', { first: 4, second: 9 }). */
export function t(key, values = {}) {
  const text = strings[key];
  if (text === undefined) {
    throw new Error(`There is no string '${key}'.`);
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A text for one, or for another number: counted('mistakes', 3, { … }) is that of 'mistakes.many'. */
export const counted = (key, number, values) => t(`${key}.${number === 1 ? 'one' : 'many'}`, values);

/** Writes the texts of all elements below a root that name one: data-text, data-label, data-tip and data-alt. */
export function translate(root = document) {
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = t(element.dataset.text);
  }
  for (const [name, attribute] of [['label', 'aria-label'], ['tip', 'data-tooltip'], ['alt', 'alt']]) {
    for (const element of root.querySelectorAll(`[data-${name}]`)) {
      element.setAttribute(attribute, t(element.dataset[name]));
    }
  }
}

/** Speaks another language from now on. Whoever wrote texts without data-text hears `languagechange` on the document. */
export async function speak(code) {
  strings = await languages[code].load();
  current = code;
  document.documentElement.lang = languages[code].tag;
  translate();
  delete document.documentElement.dataset.translating;
  document.dispatchEvent(new Event('languagechange'));
}

/** The language that boot.js found. */
export const firstLanguage = () => document.documentElement.lang.slice(0, 2);

/** The button that goes to the next language, named in that language. */
export function languageButton(button) {
  const codes = Object.keys(languages);
  const next = () => codes[(codes.indexOf(current) + 1) % codes.length];
  const show = () => {
    button.textContent = languages[next()].name;
    button.lang = languages[next()].tag;
  };
  button.addEventListener('click', () => {
    remember('language', next());
    speak(next());
  });
  document.addEventListener('languagechange', show);
}
