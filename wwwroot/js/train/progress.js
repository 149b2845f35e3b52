import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import * as figures from './figures.js';

/** How far a run is: a bar, and in words. */
export class Progress {
  #fill = el('span', { class: 'run-bar-fill' });
  #bar = el('div', { class: 'run-bar', role: 'progressbar', 'data-label': 'run.progress', 'aria-valuemin': '0', 'aria-valuemax': '100' }, this.#fill);
  #words = el('p', { class: 'progress-words' });
  element = el('div', { class: 'run-progress' }, this.#bar, this.#words);

  show({ status, progress, queuePosition }) {
    this.element.hidden = status !== 'running' && status !== 'queued';
    if (this.element.hidden) {
      return;
    }
    const share = progress ? progress.step / progress.steps : 0;
    this.#fill.style.setProperty('--share', share);
    this.#bar.hidden = status === 'queued';
    const words = progress ? this.#wordsOf(progress)
      : status === 'queued' ? t(queuePosition === 1 ? 'run.waits.next' : 'run.waits', { place: queuePosition ?? '' })
      : t('run.starting');
    setText(this.#words, words);
    this.#bar.setAttribute('aria-valuetext', words);
    this.#bar.setAttribute('aria-valuenow', Math.round(100 * share));
  }

  #wordsOf(progress) {
    const { epoch, epochs, step, steps, imagesPerSecond, secondsLeft } = progress;
    return [
      t('progress.epoch', { epoch: format.count(epoch), epochs: format.count(epochs) }),
      t('progress.step', { step: format.count(step), steps: format.count(steps) }),
      t('progress.speed', { speed: format.count(imagesPerSecond) }),
      step === steps ? t('progress.evaluating') : t('progress.left', { time: format.duration(secondsLeft) }),
    ].join(' · ');
  }
}
