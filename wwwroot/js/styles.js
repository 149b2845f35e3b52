import { el } from './dom.js';

/** Loads the style sheets that only one view needs; settled once they apply. A view without its looks is still a view. */
export const loadStyles = (...names) => Promise.all(names.map(name => new Promise(settle => {
  document.head.append(el('link', { rel: 'stylesheet', href: `css/${name}.css`, onload: settle, onerror: settle }));
})));
