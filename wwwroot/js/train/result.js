import { request } from '../api.js';
import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';

const testImages = 10_000;

/** What a completed run came to: how well it reads the test images, and the model that it made. */
export class ResultCard {
  #accuracy = el('p', { class: 'result-accuracy' });
  #words = el('p', { class: 'result-words' });
  #draw = el('button', { class: 'button primary', type: 'button', onclick: () => this.#activate() });
  #model = el('a', { class: 'button', 'data-text': 'result.model' });
  #problem = el('p', { class: 'notice', role: 'alert', hidden: true });
  #run = null;
  element = el('section', { class: 'result-card', 'data-label': 'result.title', hidden: true },
    el('div', {}, this.#accuracy, this.#words), el('div', { class: 'run-actions' }, this.#draw, this.#model), this.#problem);

  constructor() {
    models.addEventListener('change', () => this.#run && this.show(this.#run));
  }

  show(run) {
    const isOther = this.#run?.id !== run.id || this.#run.modelId !== run.modelId;
    this.#run = run;
    this.element.hidden = !run.result;
    if (!run.result) {
      return;
    }
    setText(this.#accuracy, format.accuracy(run.result.accuracy));
    const model = models.find(run.modelId);
    // A dataset may have test images of its own, of which the model knows, and not how many.
    setText(this.#words, run.options?.data && model?.evaluatedOn !== 'mnist' ? t('result.words.own')
      : t('result.words', { wrong: format.count(Math.round((1 - run.result.accuracy) * testImages)), all: format.count(testImages) }));
    // Of one that went on learning it is said first whether it is better.
    this.#draw.hidden = !run.modelId || Boolean(run.options?.base);
    this.#model.hidden = !run.modelId;
    setText(this.#draw, t(model?.isActive ? 'result.draw' : 'result.activate'));
    this.#model.href = `#/models/${encodeURIComponent(run.modelId)}`;
    if (isOther) {
      this.#problem.hidden = true;
      if (run.modelId && !model) {
        models.refresh().catch(() => {});
      }
    }
  }

  async #activate() {
    this.#problem.hidden = true;
    try {
      if (!models.find(this.#run.modelId)?.isActive) {
        await request(`models/${encodeURIComponent(this.#run.modelId)}/activate`, { method: 'POST' });
        await models.refresh();
      }
      location.hash = '#/draw';
    } catch (problem) {
      setText(this.#problem, problem.detail || t(problem.status === 0 ? 'problem.away.detail' : 'problem.broken.detail'));
      this.#problem.hidden = false;
    }
  }
}
