import { toast } from '../announce.js';
import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { replaceParameters } from '../router.js';
import { t } from '../strings.js';

/** Which model reads, and how pictures are prepared for it; both are in the address, unless they are the service's own. */
export class Settings {
  /** Empty for the active model, and for the preprocessing with which the model was trained. */
  choice = { model: '', preprocess: '' };
  #select = document.getElementById('model');
  #modes = [...document.querySelectorAll('input[name="preprocess"]')];
  #hint = document.getElementById('preprocess-hint');
  #active = null;
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.#select.addEventListener('change', () => this.#choose({ model: this.#select.value }));
    for (const mode of this.#modes) {
      mode.addEventListener('change', () => this.#choose({ preprocess: mode.value === this.#ownPreprocess ? '' : mode.value }));
    }
    models.addEventListener('change', () => this.#modelsChanged());
    document.addEventListener('languagechange', () => this.#show());
    this.#show();
  }

  /** Takes the choice of an address. */
  apply(parameters) {
    const preprocess = parameters.get('preprocess') ?? '';
    const choice = {
      model: parameters.get('model') ?? '',
      preprocess: this.#modes.some(mode => mode.value === preprocess) ? preprocess : '',
    };
    if (choice.model !== this.choice.model || choice.preprocess !== this.choice.preprocess) {
      this.choice = choice;
      this.#show();
      this.#changed();
    }
  }

  get #ownPreprocess() {
    return (models.find(this.choice.model) ?? models.active)?.preprocess ?? 'mnist';
  }

  #choose(change) {
    this.choice = { ...this.choice, ...change };
    replaceParameters(this.choice);
    this.#show();
    this.#changed();
  }

  #modelsChanged() {
    const before = this.#active;
    this.#active = models.active?.id ?? null;
    if (this.choice.model && !models.find(this.choice.model)) {
      toast(t('settings.modelGone', { model: this.choice.model }));
      this.#choose({ model: '' });
      return;
    }
    this.#show();
    if (!this.choice.model && before !== null && before !== this.#active) {
      this.#changed();
    }
  }

  #show() {
    const options = [el('option', { value: '' }, models.active ? t('settings.active', { model: label(models.active) }) : t('settings.activeOnly'))];
    for (const model of models.all.filter(each => !each.error && !each.isActive)) {
      options.push(el('option', { value: model.id }, label(model)));
    }
    // One that is not known as yet is in the address all the same.
    if (this.choice.model && !options.some(option => option.value === this.choice.model)) {
      options.push(el('option', { value: this.choice.model }, this.choice.model));
    }
    this.#select.replaceChildren(...options);
    this.#select.value = this.choice.model;
    const mode = this.choice.preprocess || this.#ownPreprocess;
    for (const input of this.#modes) {
      input.checked = input.value === mode;
    }
    setText(this.#hint, t(`settings.${mode}.hint`));
  }
}

const label = model => [model.name ?? model.network ?? model.id, model.accuracy == null ? null : format.accuracy(model.accuracy)]
  .filter(part => part !== null).join(' · ');
