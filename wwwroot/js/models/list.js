import { el, icon } from '../dom.js';
import { models } from '../models.js';
import { replaceParameters } from '../router.js';
import { counted, t } from '../strings.js';
import { modelCard } from './card.js';
import { openImport } from './importer.js';
import { state } from './parts.js';
import { reasonOf } from './words.js';

const orders = {
  newest: (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
  accuracy: (a, b) => (b.accuracy ?? -1) - (a.accuracy ?? -1),
  size: (a, b) => a.size - b.size,
};
const mostCompared = 3;

const told = () => JSON.stringify([models.isKnown, models.all]);

/** All models of the registry. */
export class ModelsList {
  #root;
  #order = 'newest';
  #chosen = new Set();
  #problem = null;
  #shown = '';

  constructor(root) {
    this.#root = root;
    this.update = this.update.bind(this);
    models.addEventListener('change', this.update);
  }

  get title() {
    return t('view.models');
  }

  show(parameters) {
    this.#order = Object.hasOwn(orders, parameters.get('sort')) ? parameters.get('sort') : 'newest';
    this.#chosen = new Set((parameters.get('choose') ?? '').split(',').filter(Boolean).slice(0, mostCompared));
    this.render();
    this.#read();
  }

  dispose() {
    models.removeEventListener('change', this.update);
  }

  /** Draws it anew if something is not as it was: not under the hands of somebody who is about to press a button. */
  update() {
    this.#problem = null;
    if (told() !== this.#shown) {
      this.render();
    }
  }

  render() {
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.dataset.key ?? focused?.closest('[data-model]')?.dataset.model;
    this.#shown = told();
    if (models.isKnown) {
      this.#chosen = new Set([...this.#chosen].filter(id => models.find(id)?.error === null));
    }
    this.#root.replaceChildren(this.#head(), ...this.#body());
    if (focused) {
      (this.#root.querySelector(`[data-key="${CSS.escape(key ?? '')}"]`) ?? this.#fallback(key)).focus();
    }
  }

  // A button that has done its work may be gone; its model, or the heading, is where it was.
  #fallback(key) {
    return this.#root.querySelector(`[data-key="${CSS.escape(key?.split(' ').at(-1) ?? '')}"]`) ?? this.#root.querySelector('h1');
  }

  async #read() {
    try {
      await models.refresh();
    } catch (error) {
      this.#problem = error;
      this.render();
    }
  }

  #head() {
    const segments = Object.keys(orders).map(name => el('label', {},
      el('input', { type: 'radio', name: 'sort', value: name, checked: name === this.#order, 'data-key': `sort ${name}`, onchange: () => this.#sort(name) }),
      el('span', {}, t(`models.sort.${name}`))));
    return el('div', { class: 'models-head' },
      el('h1', { tabindex: '-1' }, t('view.models')),
      models.all.length > 1
        ? el('div', { class: 'models-sort' },
          el('span', { class: 'setting-name', id: 'models-sort' }, t('models.sort')),
          el('div', { class: 'segments', role: 'radiogroup', 'aria-labelledby': 'models-sort' }, ...segments))
        : null,
      el('button', { class: 'button primary', type: 'button', 'data-key': 'import', onclick: () => openImport() }, icon('import'), t('models.import')));
  }

  #body() {
    if (!models.isKnown) {
      return [this.#problem
        ? state(t('model.problem'), reasonOf(this.#problem), el('button', { class: 'button', type: 'button', onclick: () => this.#read() }, t('model.again')))
        : el('p', { class: 'models-waiting', role: 'status' }, t('models.waiting'))];
    }
    if (models.all.length === 0) {
      return [state(t('models.empty'), t('models.empty.detail'),
        el('a', { class: 'button primary', href: '#/train' }, t('models.empty.train')),
        el('button', { class: 'button', type: 'button', onclick: () => openImport() }, t('models.empty.import')))];
    }
    const usable = models.all.filter(model => !model.error).sort(orders[this.#order]);
    const damaged = models.all.filter(model => model.error);
    const compare = usable.length > 1 ? this.#comparison() : null;
    return [
      models.active?.error === null ? null : el('p', { class: 'notice' }, t('models.noneActive')),
      el('ul', { class: 'model-list' }, ...[...usable, ...damaged].map(model => modelCard(model, compare))),
      this.#chosen.size > 0 ? this.#compareBar() : null,
    ].filter(Boolean);
  }

  #sort(name) {
    this.#order = name;
    replaceParameters({ sort: name === 'newest' ? '' : name });
    this.render();
  }

  #comparison() {
    return {
      has: id => this.#chosen.has(id),
      isFull: this.#chosen.size >= mostCompared,
      toggle: (id, isChosen) => this.#choose(isChosen ? [...this.#chosen, id] : [...this.#chosen].filter(each => each !== id)),
    };
  }

  #choose(ids) {
    this.#chosen = new Set(ids);
    replaceParameters({ choose: ids.join(',') });
    this.render();
  }

  #compareBar() {
    const ids = [...this.#chosen];
    return el('div', { class: 'compare-bar', role: 'region', 'aria-label': t('models.compare.run') },
      el('p', { role: 'status' }, counted('models.compare', ids.length, { number: ids.length })),
      el('button', { class: 'text-button', type: 'button', onclick: () => this.#choose([]) }, t('models.compare.clear')),
      ids.length > 1 ? el('a', { class: 'button primary', href: `#/models/${ids.join(',')}` }, t('models.compare.run')) : null);
  }
}
