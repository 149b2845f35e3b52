import { announce } from '../announce.js';
import { el, icon, setText } from '../dom.js';
import { replaceParameters } from '../router.js';
import { t } from '../strings.js';
import { catalogue } from './catalogue.js';
import { DatasetPicker } from './datasetpicker.js';
import { effort } from './estimate.js';
import { OptionsForm } from './form.js';
import { NetworkPicker } from './picker.js';

const first = 'cnn';

/** Where a new run is put together: a network, a dataset, a recipe, every knob, and the start. What is chosen is in the address. */
export class NewRun {
  element = el('div', { class: 'new-run', 'aria-busy': 'true' });
  #runs;
  #started;
  #offer = null;
  #network = null;
  #asked = 0;
  #picker = new NetworkPicker(name => this.#choose(name));
  #datasets = new DatasetPicker(isChosen => this.#fit(isChosen));
  #form = new OptionsForm(() => this.#keep());
  #recipe = el('select', { class: 'field', id: 'recipe', onchange: () => this.#choose(this.#network.name, this.#recipe.value) });
  #recipeRow = el('div', { class: 'recipe', hidden: true },
    el('label', { for: 'recipe', 'data-text': 'new.recipe' }), el('span', { class: 'select' }, this.#recipe, icon('down')),
    el('p', { class: 'knob-hint', 'data-text': 'new.recipe.hint' }));
  #name = el('input', { class: 'field', id: 'run-name', maxlength: '100', autocomplete: 'off' });
  #effort = el('p', { class: 'effort' });
  #start = el('button', { class: 'button primary', type: 'submit' });
  #reset = el('button', { class: 'button', type: 'button', 'data-text': 'new.reset', onclick: () => this.#choose(this.#network.name, this.#recipe.value) });
  #problem = el('div', { class: 'trouble', hidden: true });

  /** @param {(id: string) => void} started Told of a run that was queued. */
  constructor(runs, started) {
    this.#runs = runs;
    this.#started = started;
    this.#form.element.append(
      el('div', { class: 'knob name-row' }, el('div', { class: 'knob-head' }, el('label', { for: 'run-name', 'data-text': 'new.name' })), this.#name,
        el('p', { class: 'knob-hint', 'data-text': 'new.name.hint' })),
      el('div', { class: 'start-row' }, this.#form.problem, el('div', { class: 'start-actions' }, this.#start, this.#reset), this.#effort));
    this.#form.element.addEventListener('submit', event => {
      event.preventDefault();
      this.#send();
    });
    this.element.append(el('h2', { id: 'new-title', tabindex: '-1', 'data-text': 'new.title' }), this.#problem, this.#picker.element, this.#datasets.element, this.#recipeRow, this.#form.element);
    runs.addEventListener('change', () => this.#showEffort());
    document.addEventListener('languagechange', () => this.#show());
  }

  focus() {
    this.element.querySelector('h2').focus();
  }

  /** Takes the choice of an address. */
  async apply(parameters) {
    const asked = ++this.#asked;
    try {
      const [offer] = await Promise.all([catalogue(), this.#datasets.take(parameters.get('data'))]);
      if (asked !== this.#asked) {
        return;
      }
      if (this.#offer === null) {
        this.#offer = offer;
        this.#picker.offer(offer.networks);
      }
    } catch (problem) {
      this.#fail(problem, parameters);
      return;
    }
    this.#problem.hidden = true;
    const wanted = parameters.get('network');
    const network = this.#offer.networks.find(({ name }) => name === wanted) ?? this.#offer.networks.find(({ name }) => name === first) ?? this.#offer.networks[0];
    this.#take(network, parameters.get('recipe'), Object.fromEntries(parameters));
    await this.#picker.drawn;
    this.element.removeAttribute('aria-busy');
  }

  #choose(name, recipe) {
    this.#take(this.#offer.networks.find(network => network.name === name), recipe, {});
    this.#keep();
  }

  #take(network, recipeName, changes) {
    this.#network = network;
    const recipes = this.#offer.recipesOf(network.name);
    const recipe = recipes.find(({ name }) => name === recipeName) ?? recipes[0];
    this.#recipe.replaceChildren(...recipes.map(({ name }) => el('option', { value: name }, name)));
    this.#recipe.value = recipe.name;
    this.#recipeRow.hidden = recipes.length < 2;
    this.#form.take(recipe.options, this.#datasets.chosen.images, changes);
    this.#show();
  }

  #fit(isChosen) {
    if (this.#network !== null) {
      this.#form.fit(this.#datasets.chosen.images);
      this.#showEffort();
    }
    if (isChosen) {
      this.#keep();
    }
  }

  #keep() {
    const isOwn = this.#recipe.selectedIndex === 0;
    replaceParameters({ network: this.#network.name, recipe: isOwn ? '' : this.#recipe.value, data: this.#datasets.data, ...this.#form.changes });
    this.#showEffort();
  }

  #show() {
    if (this.#network !== null) {
      this.#picker.show(this.#network);
      this.#datasets.show();
      this.#form.show();
      this.#showEffort();
    }
  }

  #showEffort() {
    if (this.#network === null) {
      return;
    }
    const open = (this.#runs.all ?? []).filter(run => run.status === 'queued' || run.status === 'running').length;
    setText(this.#start, t(open > 0 ? 'new.queue' : 'new.start'));
    this.#reset.hidden = Object.values(this.#form.changes).every(change => change === '');
    const sizeOf = data => this.#datasets.sizeOf(data);
    const lines = this.#form.isRight ? effort(this.#network.name, this.#form.values, this.#runs.all ?? [], sizeOf) : [];
    if (open > 0) {
      lines.push(t('new.waits', { runs: open }));
    }
    setText(this.#effort, lines.join(' '));
  }

  async #send() {
    if (this.#start.hasAttribute('aria-disabled')) {
      return;
    }
    this.#start.setAttribute('aria-disabled', 'true');
    const run = await this.#form.send({ network: this.#network.name, recipe: this.#recipe.value, data: this.#datasets.data, name: this.#name.value.trim() || null });
    this.#start.removeAttribute('aria-disabled');
    if (run !== null) {
      this.#name.value = '';
      announce(t('run.queued.said'));
      this.#started(run.id);
    }
  }

  #fail(problem, parameters) {
    this.#problem.replaceChildren(
      el('p', { class: 'notice' }, problem.status === 0 ? t('problem.away.detail') : problem.detail),
      el('button', { class: 'button', type: 'button', onclick: () => this.apply(parameters) }, t('answer.retry')));
    this.#problem.hidden = false;
  }
}
