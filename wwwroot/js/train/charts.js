import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { recall, remember } from '../storage.js';
import { t } from '../strings.js';
import { Figure } from './figure.js';
import * as figures from './figures.js';
import { mostDetailed, accuracyLines, lossLines, rateLines } from './lines.js';

const decays = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995];
const usual = 4;
// A screen is not looked at more often than this.
const pause = 100;

const stepAxis = { x: () => t('axis.step'), xValue: format.count };
const ranges = {
  loss: (_, most) => [0, (most ?? 1) * 1.05],
  accuracy: least => [Math.max(0, (least ?? 0) - 0.1 * (1 - (least ?? 0))), 1],
  rate: (_, most) => [0, (most || 1) * 1.08],
};
const percent = value => format.number({ style: 'percent', maximumFractionDigits: 2 }).format(value);

// Room for what is to come, which is doubled when it is used up: the axis stands still, and the curve is never small.
const room = (unit, used, all) => Math.min(all, unit * 2 ** Math.ceil(Math.log2(Math.max(1, used / unit))));
const stepsAhead = ({ run: { progress }, curve }) => (progress ? room(progress.batches, progress.step, progress.steps) : curve?.last ?? 0);
const epochsAhead = ({ run: { progress, epochs } }) => (progress ? room(1, progress.epoch, progress.epochs) : epochs?.length ?? 0);

/** Loss, accuracy and learning rate of one run, or of several in each other's company. */
export class Charts {
  element;
  #shown = [];
  #drawnAt = 0;
  #isWaiting = false;
  #loss = new Figure('loss', { ...stepAxis, y: () => t('axis.loss'), yValue: figures.loss, yTick: figures.short });
  #accuracy = new Figure('accuracy', { x: () => t('axis.epoch'), xValue: format.count, y: () => t('axis.accuracy'), yValue: format.accuracy, yTick: percent });
  #rate = new Figure('rate', { ...stepAxis, y: () => t('knob.learningRate'), yValue: figures.short });
  #smoothing = el('input', { type: 'range', id: 'smoothing', min: '0', max: String(decays.length - 1), step: '1', oninput: () => this.#choose() });
  #decay = el('output', { for: 'smoothing' });
  #log = el('input', { type: 'checkbox', oninput: () => this.#choose() });

  #note = el('p', { class: 'curve-note' });

  constructor() {
    this.#smoothing.value = recall('smoothing') ?? usual;
    this.#log.checked = recall('logLoss') === 'yes';
    this.element = el('section', { class: 'curves', 'data-label': 'chart.all', 'aria-label': t('chart.all') },
      el('div', { class: 'curve-settings' },
        el('label', { for: 'smoothing', 'data-text': 'chart.smoothing' }), this.#smoothing, this.#decay,
        el('label', { class: 'check' }, this.#log, el('span', { 'data-text': 'chart.log' }))),
      this.#loss.element, this.#accuracy.element, this.#note, this.#rate.element);
    document.addEventListener('languagechange', () => this.show(this.#shown));
  }

  /** @param shown Each { run, curve, line }: a run, its curve if there is one, and the number of its colour. */
  show(shown) {
    this.#shown = shown;
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      setTimeout(() => requestAnimationFrame(() => this.#draw()), Math.max(0, this.#drawnAt + pause - performance.now()));
    }
  }

  #choose() {
    remember('smoothing', this.#smoothing.value);
    remember('logLoss', this.#log.checked ? 'yes' : null);
    this.show(this.#shown);
  }

  #draw() {
    this.#isWaiting = false;
    this.#drawnAt = performance.now();
    const shown = this.#shown.filter(({ run }) => run);
    const decay = decays[this.#smoothing.value];
    setText(this.#decay, decay === 0 ? t('chart.unsmoothed') : String(decay));
    this.#smoothing.setAttribute('aria-valuetext', this.#decay.textContent);
    const steps = Math.max(1, ...shown.map(stepsAhead));
    const epochs = Math.max(1, ...shown.map(epochsAhead));
    const isLog = this.#log.checked;
    this.#loss.draw(lossLines(shown, decay, isLog), { end: steps, isLog, range: ranges.loss }, this.#inWords(shown, lossInWords));
    this.#accuracy.draw(accuracyLines(shown), { end: epochs, range: ranges.accuracy }, this.#inWords(shown, accuracyInWords));
    setText(this.#note, t(`chart.accuracy.${shown.length === 1 ? 'hint' : shown.length <= mostDetailed ? 'compared' : 'held'}`));
    this.#rate.draw(rateLines(shown), { end: steps, range: ranges.rate }, this.#inWords(shown, rateInWords));
  }

  #inWords(shown, words) {
    return shown.map(each => (shown.length > 1 ? `${figures.title(each.run)}: ` : '') + words(each)).join(' ');
  }
}

function lossInWords({ run, curve }) {
  const validation = run.epochs?.at(-1)?.validationLoss;
  return !curve?.last ? t('chart.loss.none') : t('chart.loss.words', { loss: figures.loss(curve.loss.at(-1)), step: format.count(curve.last) })
    + (validation == null ? '' : ` ${t('chart.loss.validation', { loss: figures.loss(validation) })}`);
}

function accuracyInWords({ run }) {
  const best = figures.bestAccuracy(run);
  const last = run.epochs?.at(-1);
  return !last ? t('chart.accuracy.none') : t('chart.accuracy.words', { training: format.accuracy(last.trainAccuracy), epoch: last.epoch })
    + (best === null ? '' : ` ${t('chart.accuracy.best', { validation: format.accuracy(best), bestEpoch: run.bestEpoch })}`);
}

const rateInWords = ({ curve }) => (!curve?.last ? t('chart.rate.none')
  : t('chart.rate.words', { first: figures.short(curve.learningRate[0]), most: figures.short(curve.learningRate.reduce((a, b) => Math.max(a, b))), last: figures.short(curve.learningRate.at(-1)) }));
