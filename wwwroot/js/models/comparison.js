import { ApiProblem, request } from '../api.js';
import { el, icon } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { changes } from './changes.js';
import { figureRow, head, table } from './comparetable.js';
import { floorOf, shareBar } from './digittable.js';
import { compare, verdictPanel } from './verdict.js';
import { decimal, pathOf, percent, reasonOf, titleOf } from './words.js';

const most = 3;

/** Two or three models side by side; of two, whether the first should take the place of the second, and what it reads differently. */
export class Comparison {
  #root;
  #ids = [];
  #evaluations = new Map();
  #isRead = false;
  #problem = null;
  #pair = null;
  #unsaid = null;

  constructor(root, ids) {
    this.#root = root;
    this.render = this.render.bind(this);
    models.addEventListener('change', this.render);
    this.#ids = [...new Set(ids.filter(Boolean))].slice(0, most);
  }

  get title() {
    return t('compare.title');
  }

  dispose() {
    models.removeEventListener('change', this.render);
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
      const [first, second, third] = this.#compared.map(({ id }) => id);
      this.#pair = second && !third ? await this.#compare(first, second) : null;
    } catch (error) {
      this.#problem = error;
    }
    this.#isRead = true;
    this.render();
  }

  // Without it there are the figures all the same.
  async #compare(first, second) {
    try {
      return await compare(first, second);
    } catch (error) {
      if (!(error instanceof ApiProblem)) {
        throw error;
      }
      this.#unsaid = error;
      return null;
    }
  }

  get #compared() {
    return this.#ids.map(id => models.find(id)).filter(model => model?.error === null);
  }

  render() {
    const key = this.#root.contains(document.activeElement) ? document.activeElement.dataset.key ?? '' : null;
    this.#root.replaceChildren(
      el('a', { class: 'back', href: `#/models?choose=${this.#ids.join(',')}` }, icon('back'), t('model.back')),
      el('h1', { tabindex: '-1' }, t('compare.title')),
      ...this.#body());
    if (key !== null) {
      (this.#root.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? this.#root.querySelector('.verdict-panel h2') ?? this.#root.querySelector('h1')).focus({ preventScroll: true });
    }
  }

  get #sides() {
    return [this.#pair.model, this.#pair.with];
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
      this.#pair && verdictPanel(this.#pair),
      this.#unsaid && el('p', { class: 'notice' }, reasonOf(this.#unsaid)),
      compared.length > 1 ? this.#figures(compared) : el('p', {}, t('compare.few')),
      ...this.#pair ? ['feedback', 'mnist'].map(kind => changes(kind, this.#pair[kind])) : [],
      compared.length > 1 && this.#digits(compared),
    ].filter(Boolean);
  }

  #figures(compared) {
    const told = this.#told(compared);
    return el('section', { class: 'panel' }, table(t('compare.title'), compared.map(head), [
      figureRow(t('model.accuracy'), compared.map(model => model.accuracy), format.accuracy, Math.max),
      figureRow(t('model.validation'), compared.map(model => model.validationAccuracy), format.accuracy, Math.max),
      figureRow(t('model.loss'), compared.map(model => model.loss), decimal, Math.min),
      figureRow(t('model.ece'), told.map(evaluation => evaluation?.expectedCalibrationError ?? null), format.accuracy, Math.min),
      ...this.#pair ? [
        figureRow(t('compare.feedback'), this.#sides.map(side => side.feedbackAccuracy), format.accuracy, Math.max),
        figureRow(t('compare.confidence'), this.#sides.map(side => side.meanConfidence), format.accuracy),
      ] : [],
      figureRow(t('model.parameters'), compared.map(model => model.parameters), format.count, Math.min),
      figureRow(t('model.size'), compared.map(model => model.size), format.bytes, Math.min),
      figureRow(t('model.duration'), compared.map(model => model.durationSeconds), format.duration, Math.min),
    ]));
  }

  #digits(compared) {
    const told = this.#told(compared);
    const floor = floorOf(told.filter(Boolean).flatMap(evaluation => evaluation.perDigit.map(digit => digit.f1)));
    return el('section', { class: 'panel', 'aria-labelledby': 'digits-title' },
      el('h2', { id: 'digits-title' }, t('digits.title')),
      table(t('digits.title'), compared.map(model => el('th', { scope: 'col' }, titleOf(model))), [...Array(10).keys()].map(digit =>
        figureRow(t('compare.f1', { digit }), told.map(evaluation => evaluation?.perDigit[digit].f1 ?? null), value => shareBar(value, floor), Math.max))),
      el('p', { class: 'panel-hint' }, t('digits.scale', { floor: percent(floor) })));
  }

  #told(compared) {
    return compared.map(model => this.#evaluations.get(model.id));
  }
}
