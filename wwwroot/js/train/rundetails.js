import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { titleOf } from './datasetpicker.js';
import * as figures from './figures.js';
import { flatten, knobs } from './knobs.js';

const columns = ['epoch', 'trainLoss', 'trainAccuracy', 'validationLoss', 'validationAccuracy', 'rate', 'seconds'];
const head = () => el('thead', {}, el('tr', {}, ...columns.map(name => el('th', { scope: 'col' }, t(`epochs.${name}`)))));
const orNone = (value, text) => (value == null ? '–' : text(value));

/** Every epoch of a run in numbers, and every option that it was trained with. */
export class RunDetails {
  #epochs = el('table', { class: 'number-table' });
  #options = el('dl', { class: 'run-options' });
  #state = '';
  #done = el('details', { class: 'disclosure' }, el('summary', { 'data-text': 'run.epochs' }),
    el('div', { class: 'side-scroll', tabindex: '0', role: 'region', 'data-label': 'run.epochs' }, this.#epochs));
  element = el('div', { class: 'run-details' },
    this.#done,
    el('details', { class: 'disclosure' }, el('summary', { 'data-text': 'run.options' }), this.#options));

  constructor() {
    document.addEventListener('languagechange', () => {
      this.#state = '';
    });
  }

  show(run) {
    this.element.hidden = !run.options;
    const state = `${run.id} ${run.epochs?.length}`;
    if (run.options && state !== this.#state) {
      this.#state = state;
      this.#done.hidden = run.epochs.length === 0;
      this.#epochs.replaceChildren(head(), el('tbody', {}, ...run.epochs.map(epoch => this.#row(epoch, epoch.epoch === run.bestEpoch))));
      const values = flatten(run.options);
      const used = knobs.filter(({ when }) => when?.(values) ?? true);
      const facts = [[t('dataset.title'), titleOf(run.options.data)], ...used.map(knob => [t(`knob.${knob.name}`), this.#value(knob, values[knob.name])])];
      this.#options.replaceChildren(...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
    }
  }

  #value({ name, choices }, value) {
    return value === null ? t(`knob.${name}.none`) : choices ? t(`${name}.${value}`) : String(value);
  }

  #row(epoch, isBest) {
    return el('tr', { class: isBest ? 'best' : null },
      el('th', { scope: 'row' }, format.count(epoch.epoch), isBest ? el('span', { class: 'best-epoch' }, t('compare.best')) : null),
      ...[figures.loss(epoch.trainLoss), format.accuracy(epoch.trainAccuracy), orNone(epoch.validationLoss, figures.loss),
        orNone(epoch.validationAccuracy, format.accuracy), figures.short(epoch.learningRate), format.duration(epoch.seconds)].map(text => el('td', {}, text)));
  }
}
