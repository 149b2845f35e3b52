import { request, ApiProblem } from '../api.js';
import { el, icon, setText } from '../dom.js';
import { t } from '../strings.js';
import { contradictions, fittedTo, knobOf } from './checks.js';
import { Field } from './field.js';
import { allImages, augmentations, flatten, knobs, toRequest } from './knobs.js';

const same = (a, b) => Object.keys(a).every(key => a[key] === b[key]);

/** The options of a new run: filled in by a recipe, each explained, checked here before they are sent. */
export class OptionsForm {
  element = el('form', { class: 'options', novalidate: true, 'aria-labelledby': 'new-title' });
  #fields = new Map();
  #tellsDigits = false;
  #recipe = null;
  #images = allImages;
  #changed;
  #augmentation = el('select', { class: 'field', id: 'augmentation' },
    ...[...Object.keys(augmentations), 'own'].map(value =>
      el('option', { value, disabled: value === 'own', 'data-text': `augmentation.${value}` })));
  #augmentationHint = el('p', { class: 'knob-hint', id: 'augmentation-hint' });
  #more = el('details', { class: 'disclosure more-options' });
  /** Why the service refused, if it did; it belongs beside the button. */
  problem = el('p', { class: 'notice', role: 'alert', hidden: true });

  /** @param {() => void} changed Told when anything was set. */
  constructor(changed) {
    this.#changed = changed;
    for (const knob of knobs) {
      this.#fields.set(knob.name, new Field(knob, () => this.#follow()));
    }
    this.#augmentation.setAttribute('aria-describedby', 'augmentation-hint');
    this.#augmentation.addEventListener('change', () => {
      this.#fill(augmentations[this.#augmentation.value]);
      this.#follow();
    });
    const group = name => [...this.#fields.values()].filter(({ knob }) => knob.group === name).map(({ element }) => element);
    const preset = el('div', { class: 'knob wide' },
      el('div', { class: 'knob-head' }, el('label', { for: 'augmentation', 'data-text': 'knob.augmentation' })),
      el('span', { class: 'select' }, this.#augmentation, icon('down')), this.#augmentationHint);
    this.#more.append(el('summary', { 'data-text': 'new.more' }), ...['steps', 'data', 'augmentation'].map(name =>
      el('fieldset', { class: 'knobs' }, el('legend', { 'data-text': `new.${name}` }), ...name === 'augmentation' ? [preset] : [], ...group(name))));
    this.element.append(el('div', { class: 'knobs basics' }, ...group('basics')), this.#more);
  }

  /** What is set, as flat values; NaN where it is no number. */
  get values() {
    return { ...Object.fromEntries([...this.#fields.values()].map(field => [field.name, field.value])), tellsDigits: this.#tellsDigits, images: this.#images };
  }

  get isRight() {
    return [...this.#fields.values()].every(field => field.isRight || !this.#applies(field));
  }

  /** What differs from the recipe, as texts by name; what does not is ''. */
  get changes() {
    return Object.fromEntries([...this.#fields.values()].map(field =>
      [field.name, field.isChanged && this.#applies(field) ? String(field.value ?? '') : '']));
  }

  /** Takes a recipe's options for a dataset of so many images, and changes of them by name. */
  take(recipe, images, changes = {}) {
    [this.#recipe, this.#images] = [recipe, images];
    const values = flatten(fittedTo(images, recipe));
    this.#tellsDigits = values.tellsDigits;
    for (const field of this.#fields.values()) {
      const own = field.knob.usual && !values[field.name] ? field.knob.usual : values[field.name];
      field.recipe = own;
      field.value = changes[field.name] ?? own;
    }
    this.#follow(false);
    this.#more.open ||= [...this.#fields.values()].some(field => field.knob.group !== 'basics' && field.isChanged);
  }

  /** Goes over to a dataset of so many images. What somebody has set stays, and is checked against it. */
  fit(images) {
    this.#images = images;
    const usual = fittedTo(images, this.#recipe);
    for (const field of ['validationSize', 'trainSize'].map(name => this.#fields.get(name))) {
      const follows = !field.isChanged;
      field.recipe = usual[field.name];
      if (follows) {
        field.value = usual[field.name];
      }
    }
    this.#follow(false);
    this.#more.open ||= !this.isRight;
  }

  /**
   * Sends what is set, unless something is wrong with it; that is said where it is wrong.
   * @returns The run that was queued, or null.
   */
  async send(more) {
    this.problem.hidden = true;
    const wrong = this.#check();
    if (wrong !== null) {
      this.#reveal(wrong);
      return null;
    }
    try {
      return await request('train', { method: 'POST', body: { ...more, ...toRequest(this.values) } });
    } catch (problem) {
      this.#refuse(problem);
      return null;
    }
  }

  /** Writes what depends on the language or on what is set. */
  show() {
    const values = this.values;
    const preset = Object.keys(augmentations).find(name => same(augmentations[name], values)) ?? 'own';
    this.#augmentation.value = preset;
    setText(this.#augmentationHint, t(`augmentation.${preset}.hint`));
    for (const field of this.#fields.values()) {
      field.element.hidden = !this.#applies(field);
      field.show();
    }
  }

  #fill(values) {
    for (const [name, value] of Object.entries(values)) {
      this.#fields.get(name).value = value;
    }
  }

  #applies({ knob }) {
    return knob.when?.({ optimizer: this.#fields.get('optimizer').value, tellsDigits: this.#tellsDigits }) ?? true;
  }

  #follow(isTold = true) {
    this.show();
    this.#check();
    if (isTold) {
      this.#changed();
    }
  }

  /** @returns The first field with which something is wrong, or null. */
  #check() {
    const used = [...this.#fields.values()].filter(field => this.#applies(field));
    used.forEach(field => field.check());
    if (this.isRight) {
      for (const [name, problem] of contradictions(this.values)) {
        this.#fields.get(name).complain(problem);
      }
    }
    return used.find(field => !field.isRight) ?? null;
  }

  #reveal(field) {
    this.#more.open ||= field.knob.group !== 'basics';
    field.focus();
  }

  #refuse(problem) {
    if (!(problem instanceof ApiProblem)) {
      throw problem;
    }
    const field = this.#fields.get(knobOf(problem.detail));
    if (problem.status === 400 && field) {
      field.complain(problem.detail);
      this.#reveal(field);
      return;
    }
    setText(this.problem, problem.status === 0 ? t('problem.away.detail') : problem.detail || t('problem.broken.detail'));
    this.problem.hidden = false;
  }
}
