import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { percent } from './words.js';

const floors = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0];
const measures = ['precision', 'recall', 'f1'];

/** The highest round share below all values: bars that began at 0 would all be of one length. */
export const floorOf = values => floors.find(floor => Math.min(...values) > floor) ?? 0;

/** A share in words, and as a bar that begins at a floor. */
export function shareBar(value, floor) {
  const fill = el('span', { class: 'share-fill' });
  fill.style.setProperty('--share', Math.max(0, (value - floor) / (1 - floor)));
  return el('span', { class: 'share' }, el('span', { class: 'share-number' }, format.accuracy(value)), el('span', { class: 'share-track' }, fill));
}

/** How well each digit is read. */
export function digitTable(evaluation) {
  const { perDigit } = evaluation;
  const floor = floorOf(perDigit.flatMap(digit => measures.map(name => digit[name])));
  const head = (name, className) => el('th', { scope: 'col', class: className }, t(`digits.${name}`));
  const confused = digit => digit.mostConfusedWith.length === 0
    ? t('digits.none')
    : digit.mostConfusedWith.map(other => t('digits.confusion', { digit: other.digit, count: format.count(other.count) })).join(', ');
  const means = { precision: evaluation.macroPrecision, recall: evaluation.macroRecall, f1: evaluation.macroF1 };
  return el('section', { class: 'panel', 'aria-labelledby': 'digits-title' },
    el('h2', { id: 'digits-title' }, t('digits.title')),
    el('p', { class: 'panel-hint' }, t('digits.hint')),
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'digits-title' },
      el('table', { class: 'figures-table' },
        el('thead', {}, el('tr', {},
          head('digit'), ...measures.map(name => head(name)), head('images', 'number'), head('confused'))),
        el('tbody', {}, ...perDigit.map(digit => el('tr', {},
          el('th', { scope: 'row' }, digit.digit),
          ...measures.map(name => el('td', {}, shareBar(digit[name], floor))),
          el('td', { class: 'number' }, format.count(digit.support)),
          el('td', { class: 'confused' }, confused(digit))))),
        el('tfoot', {}, el('tr', {},
          el('th', { scope: 'row' }, t('digits.mean')),
          ...measures.map(name => el('td', {}, shareBar(means[name], floor))),
          el('td', { class: 'number' }, format.count(evaluation.count)),
          el('td'))))),
    el('p', { class: 'panel-hint' }, t('digits.scale', { floor: percent(floor) })));
}
