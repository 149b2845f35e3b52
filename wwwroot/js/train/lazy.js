import { el } from '../dom.js';

// What only this view needs is loaded with it. A part that could not be had is asked for again the next time.
function load(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener('load', resolve);
    element.addEventListener('error', () => {
      element.remove();
      reject(new Error(`${element.src ?? element.href} could not be loaded.`));
    });
    document.head.append(element);
  });
}

/** Loads a style sheet; it applies when this resolves. */
export const loadStyle = path => load(el('link', { rel: 'stylesheet', href: path }));

/** Loads a program that is no module: what it defines is global. */
export const loadScript = path => load(el('script', { src: path }));
