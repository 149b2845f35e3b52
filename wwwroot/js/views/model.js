import { request } from '../api.js';
import { el, icon } from '../dom.js';
import { remove } from '../models/actions.js';
import { calibration } from '../models/calibration.js';
import { confusion } from '../models/confusion.js';
import { curves } from '../models/curves.js';
import { digitTable } from '../models/digittable.js';
import { openMistakes, pairOf } from '../models/mistakes.js';
import { networks } from '../models/networks.js';
import { options } from '../models/options.js';
import { architecture, figures, head } from '../models/pagehead.js';
import { pathOf, reasonOf, titleOf } from '../models/words.js';
import { models } from '../models.js';
import { t } from '../strings.js';

/** All that is known of one model. */
export class ModelPage {
  #root;
  #id;
  #told = null;
  #problem = null;
  #shown = '';

  constructor(root, id) {
    this.#root = root;
    this.#id = id;
    this.update = this.update.bind(this);
    models.addEventListener('change', this.update);
  }

  get #model() {
    return models.find(this.#id);
  }

  get title() {
    return this.#model ? titleOf(this.#model) : this.#id;
  }

  show(parameters) {
    this.render();
    this.#read().then(() => {
      const pair = pairOf(parameters);
      if (pair && this.#told?.evaluation && this.#root.isConnected) {
        openMistakes(this.#model, this.#told.evaluation, pair);
      }
    });
  }

  dispose() {
    models.removeEventListener('change', this.update);
  }

  update() {
    if (JSON.stringify(this.#model) !== this.#shown) {
      this.render();
    }
  }

  async #read() {
    this.#problem = null;
    try {
      await models.refresh();
      if (this.#model?.error === null) {
        this.#told = await this.#ask(this.#model);
      }
    } catch (error) {
      this.#problem = error;
    }
    this.render();
  }

  // Each is asked for only where there is an answer; the runs may well be on another machine than the model.
  async #ask(model) {
    const [evaluation, runs, network] = await Promise.all([
      model.accuracy === null ? null : request(pathOf(model.id, '/evaluation')),
      model.runId === null ? [] : request('runs').catch(() => []),
      networks().then(all => all.find(each => each.name === model.network)).catch(() => undefined),
    ]);
    return { evaluation, network, run: runs.find(run => run.id === model.runId && run.epochs?.length > 0) ?? null };
  }

  render() {
    const model = this.#model;
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.dataset.key;
    this.#shown = JSON.stringify(model);
    this.#root.replaceChildren(
      el('a', { class: 'back', href: '#/models' }, icon('back'), t('model.back')),
      ...(model ? [head(model, () => this.#remove(model)), ...this.#body(model)] : this.#absent()));
    if (focused) {
      (this.#root.querySelector(`[data-key="${CSS.escape(key ?? '')}"]`) ?? this.#root.querySelector('h1')).focus({ preventScroll: true });
    }
  }

  #absent() {
    const title = this.#problem ? t('model.problem') : models.isKnown ? t('model.gone', { id: this.#id }) : this.#id;
    const text = this.#problem ? reasonOf(this.#problem) : models.isKnown ? t('model.gone.detail') : t('model.waiting');
    return [el('h1', { tabindex: '-1' }, title), el('p', {}, text), this.#problem ? this.#again() : null].filter(Boolean);
  }

  #body(model) {
    if (model.error) {
      return [el('p', { class: 'notice', lang: 'en' }, model.error)];
    }
    if (this.#problem) {
      return [el('p', { class: 'notice', role: 'alert' }, reasonOf(this.#problem)), this.#again()];
    }
    if (this.#told === null) {
      return [el('p', { class: 'models-waiting', role: 'status' }, t('model.waiting'))];
    }
    const { evaluation, network, run } = this.#told;
    return [
      figures(model, evaluation),
      evaluation ? null : el('p', { class: 'notice' }, t('model.noEvaluation')),
      evaluation && el('div', { class: 'page-pair' }, confusion(model, evaluation), digitTable(evaluation)),
      el('div', { class: 'page-pair' }, evaluation && calibration(evaluation), run ? curves(run) : options(model, false)),
      network && architecture(network),
      run && options(model, true),
    ].filter(Boolean);
  }

  async #remove(model) {
    if (await remove(model)) {
      location.hash = '#/models';
    }
  }

  #again() {
    return el('button', { class: 'button', type: 'button', onclick: () => this.#read() }, t('model.again'));
  }
}
