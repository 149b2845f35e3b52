import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { counted, t } from '../strings.js';
import { attachGridKeys } from './gridkeys.js';
import { openMistakes } from './mistakes.js';
import { percent } from './words.js';

const digits = [...Array(10).keys()];
const levels = 6;
const worstShown = 6;

/** The share of a digit's images that is read right, from which on it has the next level of the diagonal's scale. */
const rightFrom = [0, 0.5, 0.9, 0.97, 0.99, 0.995];

const rightLevel = share => rightFrom.findLastIndex(from => share >= from) + 1;

/** The square root tells single errors from none, and still the frequent ones from those. */
const wrongLevel = (count, worst) => (count === 0 ? 0 : Math.max(1, Math.ceil(levels * Math.sqrt(count / worst))));

/** What each digit is read as: a heat map whose errors open the digits behind them, and the most frequent of them as a list. */
export function confusion(model, evaluation) {
  const { confusionMatrix: matrix } = evaluation;
  const support = matrix.map(row => row.reduce((sum, count) => sum + count, 0));
  const errors = digits.flatMap(actual => digits.filter(predicted => predicted !== actual)
    .map(predicted => ({ actual, predicted, count: matrix[actual][predicted], support: support[actual] })))
    .filter(error => error.count > 0)
    .sort((a, b) => b.count - a.count);
  const worst = errors[0]?.count ?? 1;
  const open = pair => openMistakes(model, evaluation, pair);

  const cell = (actual, predicted) => {
    const count = matrix[actual][predicted];
    const values = { actual, predicted, count: format.count(count), support: format.count(support[actual]) };
    if (actual === predicted) {
      const share = support[actual] === 0 ? 0 : count / support[actual];
      return el('td', { 'data-right': rightLevel(share), 'aria-label': t('confusion.right', values) }, String(count));
    }
    if (count === 0) {
      return el('td', { 'data-wrong': 0, 'aria-label': t('confusion.never', values) }, '0');
    }
    return el('td', { 'data-wrong': wrongLevel(count, worst) }, el('button', {
      type: 'button',
      'aria-label': counted('confusion.wrong', count, values),
      'aria-haspopup': 'dialog',
      onclick: () => open({ actual, predicted }),
    }, String(count)));
  };

  const table = el('table', { class: 'heat', role: 'grid', 'aria-readonly': 'true', 'aria-labelledby': 'confusion-title' },
    el('thead', {},
      el('tr', {}, el('td', { 'aria-hidden': 'true' }), el('th', { class: 'heat-axis', colspan: 10, scope: 'colgroup' }, t('confusion.predicted'))),
      el('tr', {}, el('th', { class: 'heat-axis', scope: 'col' }, t('confusion.actual')), ...digits.map(digit => el('th', { scope: 'col' }, digit)))),
    el('tbody', {}, ...digits.map(actual => el('tr', {}, el('th', { scope: 'row' }, actual), ...digits.map(predicted => cell(actual, predicted))))));
  attachGridKeys(table);

  return el('section', { class: 'panel', 'aria-labelledby': 'confusion-title' },
    el('h2', { id: 'confusion-title' }, t('confusion.title')),
    el('p', { class: 'panel-hint' }, t('confusion.hint')),
    el('div', { class: 'heat-and-list' },
      el('div', { class: 'heat-frame' }, table, readout(table), scales(worst)),
      errors.length === 0 ? el('p', {}, t('confusion.none')) : worstErrors(errors, evaluation, open)));
}

// What the cell under the pointer or the focus says, in words.
function readout(table) {
  const line = el('p', { class: 'heat-readout', 'aria-hidden': 'true' });
  const show = event => {
    const cell = event.target.closest('td');
    const heads = table.querySelectorAll('[data-here]');
    heads.forEach(head => head.removeAttribute('data-here'));
    setText(line, cell ? cell.getAttribute('aria-label') ?? cell.firstElementChild?.getAttribute('aria-label') ?? '' : '');
    if (cell?.closest('tbody')) {
      cell.parentElement.firstElementChild.setAttribute('data-here', '');
      table.tHead.rows[1].cells[cell.cellIndex].setAttribute('data-here', '');
    }
  };
  table.addEventListener('pointerover', show);
  table.addEventListener('focusin', show);
  return line;
}

function scales(worst) {
  const swatches = (kind, from) => el('span', { class: 'heat-swatches', 'aria-hidden': 'true' },
    ...Array.from({ length: levels }, (_, n) => el('span', { [`data-${kind}`]: n + from })));
  return el('div', { class: 'heat-scales', 'aria-hidden': 'true' },
    el('p', {}, t('confusion.scale.right'), el('span', {}, t('confusion.scale.below', { share: percent(rightFrom[1]) })), swatches('right', 1), el('span', {}, t('confusion.scale.from', { share: percent(rightFrom.at(-1)) }))),
    el('p', {}, t('confusion.scale.wrong'), el('span', {}, '1'), swatches('wrong', 1), el('span', {}, format.count(worst))));
}

function worstErrors(errors, evaluation, open) {
  return el('div', { class: 'worst' },
    el('h3', {}, t('confusion.worst')),
    el('ol', {}, ...errors.slice(0, worstShown).map(({ actual, predicted, count, support }) => el('li', {},
      el('button', {
        class: 'worst-pair',
        type: 'button',
        'aria-label': counted('confusion.wrong', count, { actual, predicted, count: format.count(count), support: format.count(support) }),
        onclick: () => open({ actual, predicted }),
      }, el('span', {}, `${actual} → ${predicted}`), el('span', {}, `${format.count(count)}×`))))),
    el('button', { class: 'button small', type: 'button', onclick: () => open({}) },
      t('confusion.all', { count: format.count(evaluation.mistakes.length) })));
}
