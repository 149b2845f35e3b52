import { el } from '../../dom.js';
import { t } from '../../strings.js';

/** An element of SVG, as el() makes those of HTML; numbers are rounded to what a screen can show. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

export const text = (x, y, anchor, content) => svg('text', { x, y, 'text-anchor': anchor }, content);

/**
 * A picture of some height that is as wide as there is room, drawn anew whenever that changes, so that its text keeps its
 * size. Units are those of a pixel where the page's text has its usual size.
 */
export function picture(height, label, draw) {
  const frame = el('div', { class: 'chart' });
  frame.style.height = `${height / 16}rem`;
  let shown = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width / entry.contentRect.height * height) || 0;
    if (width > 0 && width !== shown) {
      shown = width;
      frame.replaceChildren(svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label }, ...draw(width)));
    }
  }).observe(frame);
  return frame;
}

/** A line of what the marks of a chart mean: legend([['first', 'Training']]). */
export const legend = keys => el('p', { class: 'legend' }, ...keys.map(([kind, name]) => el('span', { class: `key ${kind}` }, name)));

/** The numbers behind a chart, for whoever wants to read them, or cannot see it. */
export const numbers = (heads, rows) => el('details', { class: 'disclosure' },
  el('summary', {}, t('numbers')),
  el('div', { class: 'scroll', tabindex: '0' }, el('table', { class: 'figures-table compact' },
    el('thead', {}, el('tr', {}, ...heads.map(head => el('th', { scope: 'col', class: 'number' }, head)))),
    el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map(value => el('td', { class: 'number' }, value))))))));
