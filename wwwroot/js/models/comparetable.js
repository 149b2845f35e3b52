import { el, icon } from '../dom.js';
import { t } from '../strings.js';
import { activeBadge } from './parts.js';
import { addressOf, titleOf } from './words.js';

/** Models side by side: a column for each, below its head. */
export const table = (label, heads, rows) => el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
  el('table', { class: 'figures-table compare-table' },
    el('colgroup', {}, ...[null, ...heads].map(() => el('col'))),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('compare.figure')), ...heads)),
    el('tbody', {}, ...rows)));

/** What a model is called, with the way to its page. */
export const head = model => el('th', { scope: 'col' },
  el('a', { href: addressOf(model.id) }, titleOf(model)),
  model.isActive ? activeBadge() : null,
  el('span', { class: 'compare-id' }, model.id === titleOf(model) ? model.network : model.id));

/** A figure of each. The best is told by a mark as well as by its weight; where all are the same, or none is better, none is. */
export function figureRow(name, values, write, better) {
  const known = values.filter(value => value !== null);
  const best = better && new Set(known).size > 1 ? better(...known) : undefined;
  return el('tr', {}, el('th', { scope: 'row' }, name), ...values.map(value => {
    const cell = el('td', { 'data-best': value === best ? '' : null }, value === null ? '–' : write(value));
    if (value === best) {
      (cell.querySelector('.share-number') ?? cell).append(
        el('span', { class: 'best-mark' }, icon('check'), el('span', { class: 'visually-hidden' }, t('compare.best'))));
    }
    return cell;
  }));
}
