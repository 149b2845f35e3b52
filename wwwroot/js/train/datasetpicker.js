import { announce } from '../announce.js';
import { request } from '../api.js';
import { el, icon, setText } from '../dom.js';
import * as format from '../format.js';
import { counted, t } from '../strings.js';
import { allImages } from './knobs.js';

const mnist = { name: 'mnist', images: allImages, testImages: 10_000, error: null };

/** What a dataset is called; null stands for MNIST. */
export const titleOf = name => (name === null || name === mnist.name ? 'MNIST' : name);

/** The dataset that a run learns from: MNIST, or a folder beside it; what is wrong with others; and where one's own goes. */
export class DatasetPicker {
  #all = [mnist];
  #wanted = mnist.name;
  #failure = null;
  #isRead = false;
  #reading = null;
  #isLooking = false;
  #changed;
  #select = el('select', { class: 'field', id: 'dataset', 'aria-describedby': 'dataset-missing dataset-hint', onchange: () => this.#choose() });
  #missing = el('p', { class: 'knob-problem', id: 'dataset-missing', role: 'status' });
  #hint = el('p', { class: 'knob-hint', id: 'dataset-hint' });
  #unusable = el('ul', { class: 'dataset-unusable', 'data-label': 'dataset.unusable' });
  #problem = el('p', { class: 'notice', role: 'alert', hidden: true });
  #again = el('button', { class: 'restore', type: 'button', onclick: () => this.#lookAgain() });
  element = el('div', { class: 'dataset' },
    el('label', { for: 'dataset', 'data-text': 'dataset.title' }), el('span', { class: 'select' }, this.#select, icon('down')),
    this.#missing, this.#hint, this.#unusable, this.#problem,
    el('p', { class: 'knob-hint' }, el('span', { 'data-text': 'dataset.own' }), ' ', this.#again));

  /** @param {(isChosen: boolean) => void} changed Told when somebody has chosen another, or it is another than was known. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** The chosen one, which can be used: the one that is wanted, or else MNIST. */
  get chosen() {
    const usable = this.#all.filter(({ error }) => error === null);
    return usable.find(({ name }) => name === this.#wanted) ?? usable.find(({ name }) => name === mnist.name) ?? usable[0] ?? mnist;
  }

  /** What requests and addresses call the chosen one; null for MNIST. */
  get data() {
    return this.chosen.name === mnist.name ? null : this.chosen.name;
  }

  /** How many images the dataset of a run has, MNIST's for null; null where that is not known. */
  sizeOf(data) {
    return this.#all.find(({ name }) => name === (data ?? mnist.name))?.images ?? null;
  }

  /** Chooses by name, null for MNIST. What is there is read anew; only for a name that is not known is it waited for. */
  async take(name) {
    this.#wanted = name ?? mnist.name;
    const reading = this.#read();
    if (!this.#isRead || this.chosen.name !== this.#wanted) {
      await reading;
    }
    this.show();
  }

  /** Writes what depends on the language, on what there is, or on what is chosen. */
  show() {
    const { chosen } = this;
    this.#offer();
    this.#select.value = chosen.name;
    setText(this.#missing, (this.#isRead || this.#failure) && chosen.name !== this.#wanted ? t('dataset.missing', { wanted: titleOf(this.#wanted), name: titleOf(chosen.name) }) : '');
    const counts = { images: format.count(chosen.images), test: format.count(chosen.testImages) };
    setText(this.#hint, t(chosen.testImages > 0 ? 'dataset.tested.own' : 'dataset.tested.mnist', counts));
    this.#unusable.replaceChildren(...this.#all.filter(({ error }) => error !== null).map(({ name, error }) =>
      el('li', {}, el('b', {}, titleOf(name)), ' ', el('span', { lang: 'en' }, error))));
    this.#unusable.hidden = this.#unusable.childElementCount === 0;
    this.#problem.hidden = this.#failure === null;
    setText(this.#problem, this.#failure === null ? '' : t('dataset.unread', { reason: this.#failure.detail || t('problem.away.detail') }));
    setText(this.#again, t(this.#isLooking ? 'dataset.reading' : 'dataset.again'));
    this.#again.setAttribute('aria-disabled', String(this.#isLooking));
  }

  // A list that is open is left alone as long as it says the same.
  #offer() {
    const options = this.#all.map(({ name, images, error }) => el('option', { value: name, disabled: error !== null },
      t(error === null ? 'dataset.option' : 'dataset.option.unusable', { name: titleOf(name), images: format.count(images) })));
    if (options.map(({ outerHTML }) => outerHTML).join('') !== this.#select.innerHTML) {
      this.#select.replaceChildren(...options);
    }
  }

  #choose() {
    this.#wanted = this.#select.value;
    this.show();
    this.#changed(true);
  }

  // Only who has asked is told that it takes a moment: the words may move what is below them.
  async #lookAgain() {
    if (!this.#isLooking) {
      this.#isLooking = true;
      this.show();
      await this.#reading;
      await this.#read();
      this.#isLooking = false;
      this.show();
      if (this.#failure === null) {
        const usable = this.#all.filter(({ error }) => error === null).length;
        announce(counted('dataset.found', usable, { datasets: usable }));
      }
    }
  }

  #read() {
    this.#reading ??= this.#ask().finally(() => {
      this.#reading = null;
      this.show();
    });
    return this.#reading;
  }

  // What cannot be read leaves what was known: on MNIST one can train all the same.
  async #ask() {
    const answer = await request('datasets').then(datasets => ({ datasets, failure: null }), failure => ({ failure }));
    const before = this.chosen;
    this.#all = answer.datasets ?? this.#all;
    this.#failure = answer.failure;
    this.#isRead ||= answer.failure === null;
    if (before.name !== this.chosen.name || before.images !== this.chosen.images) {
      this.#changed(false);
    }
  }
}
