import { el, icon, setText } from '../dom.js';
import { t } from '../strings.js';
import { read } from './checks.js';

const asText = value => (value === null ? '' : String(value));

/** One knob of the form: its name, a field, what it does, and what is wrong with what it holds. */
export class Field {
  element;
  #knob;
  #input;
  #hint;
  #problem;
  #restore;
  #recipe = null;

  /** @param {(field: Field) => void} changed Told when somebody has set it. */
  constructor(knob, changed) {
    this.#knob = knob;
    const id = `knob-${knob.name}`;
    this.#input = knob.choices
      ? el('select', { class: 'field', id }, ...knob.choices.map(value => el('option', { value, 'data-text': `${knob.name}.${value}` })))
      : el('input', { class: 'field', id, inputmode: knob.isWhole ? 'numeric' : 'decimal', autocomplete: 'off', spellcheck: 'false' });
    this.#input.setAttribute('aria-describedby', `${id}-hint ${id}-problem`);
    this.#hint = el('p', { class: 'knob-hint', id: `${id}-hint` });
    this.#problem = el('p', { class: 'knob-problem', id: `${id}-problem`, hidden: true });
    this.#restore = el('button', {
      class: 'restore', type: 'button', hidden: true, onclick: () => {
        this.value = this.#recipe;
        changed(this);
        this.focus();
      },
    });
    this.element = el('div', { class: 'knob', 'data-knob': knob.name },
      el('div', { class: 'knob-head' }, el('label', { for: id, 'data-text': `knob.${knob.name}` }), this.#restore),
      knob.choices ? el('span', { class: 'select' }, this.#input, icon('down')) : this.#input,
      this.#problem,
      this.#hint);
    this.#input.addEventListener('change', () => {
      this.check();
      changed(this);
    });
    // While something is wrong, the moment that it is right again is told at once.
    this.#input.addEventListener('input', () => this.isRight || this.check());
  }

  get name() {
    return this.#knob.name;
  }

  get knob() {
    return this.#knob;
  }

  /** What it holds, read as its knob wants it; NaN where that is impossible. */
  get value() {
    return read(this.#knob, this.#input.value).value;
  }

  set value(value) {
    this.#input.value = asText(value);
    this.check();
  }

  /** What the recipe says, to which it can be set back. */
  set recipe(value) {
    this.#recipe = value;
    this.show();
  }

  get isChanged() {
    return this.#input.value.trim() !== asText(this.#recipe) && !Object.is(this.value, this.#recipe);
  }

  get isRight() {
    return this.#problem.hidden;
  }

  /** Says what is wrong with what it holds, if it is out of its range. */
  check() {
    this.complain(read(this.#knob, this.#input.value).problem);
  }

  /** Says what is wrong with what it holds; null takes that back. */
  complain(problem) {
    this.#problem.hidden = problem === null;
    setText(this.#problem, problem ?? '');
    if (problem === null) {
      this.#input.removeAttribute('aria-invalid');
    } else {
      this.#input.setAttribute('aria-invalid', 'true');
    }
    this.show();
  }

  /** Writes what depends on the language or on what it holds. */
  show() {
    const name = this.#knob.choices ? `${this.name}.${this.#input.value || this.#knob.choices[0]}` : `knob.${this.name}`;
    setText(this.#hint, t(`${name}.hint`));
    this.#restore.hidden = !this.isChanged;
    const recipe = this.#recipe === null ? t(`knob.${this.name}.none`)
      : this.#knob.choices ? t(`${this.name}.${this.#recipe}`) : asText(this.#recipe);
    setText(this.#restore, this.#restore.hidden ? '' : t('knob.restore', { value: recipe }));
    if (this.#knob.isOptional) {
      this.#input.placeholder = t(`knob.${this.name}.none`);
    }
  }

  focus() {
    this.#input.focus();
  }
}
