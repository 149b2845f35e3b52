import { request } from '../api.js';
import { el, icon } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { floorOf, shareBar } from './digittable.js';
import { activeBadge } from './parts.js';
import { addressOf, decimal, pathOf, percent, reasonOf, titleOf } from './words.js';

const most = 3;

/** Two or three models side by side. */
export class Comparison {
  #root;
  #ids = [];
  #evaluations = new Map();
  #isRead = false;
  #problem = null;

  constructor(root, ids) {
    this.#root = root;
    this.#ids = [...new Set(ids.filter(Boolean))].slice(0, most);
  }

  get title() {
    return t('compare.title');
  }

  show() {
    this.render();
    this.#read();
  }

  async #read() {
    try {
      await models.refresh();
      await Promise.all(this.#compared.filter(model => model.accuracy !== null).map(async model => {
        this.#evaluations.set(model.id, await request(pathOf(model.id, '/evaluation')));
      }));
    } catch (error) {
      this.#problem = error;
    }
    this.#isRead = true;
    this.render();
  }

  get #compared() {
    return this.#ids.map(id => models.find(id)).filter(model => model?.error === null);
  }

  render() {
    const wasFocused = this.#root.contains(document.activeElement);
    this.#root.replaceChildren(
      el('a', { class: 'back', href: `#/models?choose=${this.#ids.join(',')}` }, icon('back'), t('model.back')),
      el('h1', { tabindex: '-1' }, t('compare.title')),
      ...this.#body());
    if (wasFocused) {
      this.#root.querySelector('h1').focus({ preventScroll: true });
    }
  }

  #body() {
    if (!this.#isRead || this.#problem) {
      return [this.#problem
        ? el('p', { class: 'notice', role: 'alert' }, reasonOf(this.#problem))
        : el('p', { class: 'models-waiting', role: 'status' }, t('model.waiting'))];
    }
    const compared = this.#compared;
    const missing = this.#ids.filter(id => !compared.some(model => model.id === id));
    return [
      ...missing.map(id => el('p', { class: 'notice' }, t('compare.missing', { id }))),
      compared.length > 1 ? this.#table(compared) : el('p', {}, t('compare.few')),
    ];
  }

  #table(compared) {
    const told = compared.map(model => this.#evaluations.get(model.id));
    const digits = [...Array(10).keys()];
    const scores = told.filter(Boolean).flatMap(evaluation => evaluation.perDigit.map(digit => digit.f1));
    const floor = floorOf(scores);
    return el('section', { class: 'panel' }, el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('compare.title') },
      el('table', { class: 'figures-table compare-table' },
        el('colgroup', {}, ...[null, ...compared].map(() => el('col'))),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('compare.figure')), ...compared.map(head))),
        el('tbody', {},
          figureRow(t('model.accuracy'), compared.map(model => model.accuracy), format.accuracy, Math.max),
          figureRow(t('model.validation'), compared.map(model => model.validationAccuracy), format.accuracy, Math.max),
          figureRow(t('model.loss'), compared.map(model => model.loss), decimal, Math.min),
          figureRow(t('model.ece'), told.map(evaluation => evaluation?.expectedCalibrationError ?? null), format.accuracy, Math.min),
          figureRow(t('model.parameters'), compared.map(model => model.parameters), format.count, Math.min),
          figureRow(t('model.size'), compared.map(model => model.size), format.bytes, Math.min),
          figureRow(t('model.duration'), compared.map(model => model.durationSeconds), format.duration, Math.min)),
        el('tbody', {}, ...digits.map(digit =>
          figureRow(t('compare.f1', { digit }), told.map(evaluation => evaluation?.perDigit[digit].f1 ?? null), value => shareBar(value, floor), Math.max))))),
    el('p', { class: 'panel-hint' }, t('digits.scale', { floor: percent(floor) })));
  }
}

const head = model => el('th', { scope: 'col' },
  el('a', { href: addressOf(model.id) }, titleOf(model)),
  model.isActive ? activeBadge() : null,
  el('span', { class: 'compare-id' }, model.id === titleOf(model) ? model.network : model.id));

// The best is told by a mark as well as by its weight; where all are the same, none is.
function figureRow(name, values, write, better) {
  const known = values.filter(value => value !== null);
  const best = new Set(known).size > 1 ? better(...known) : undefined;
  return el('tr', {}, el('th', { scope: 'row' }, name), ...values.map(value => {
    const cell = el('td', { 'data-best': value === best ? '' : null }, value === null ? '–' : write(value));
    if (value === best) {
      (cell.querySelector('.share-number') ?? cell).append(
        el('span', { class: 'best-mark' }, icon('check'), el('span', { class: 'visually-hidden' }, t('compare.best'))));
    }
    return cell;
  }));
}
