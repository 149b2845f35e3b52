import { el, icon, setText } from '../dom.js';
import { feedback, labels, wordOf } from '../feedback.js';
import { t } from '../strings.js';
import { sayKept, sayProblem } from './correction.js';

/** What a picture in the list really shows, to be chosen; the same correction as that of the keys under the answer. */
export class CardCorrection {
  #correction;
  #options = [el('option', { value: '' }), ...labels.map(label => el('option', { value: label }))];
  #select = el('select', { class: 'field', onchange: () => this.#choose() }, ...this.#options);
  #undo = el('button', { class: 'link-button', type: 'button', hidden: true, onclick: () => this.#takeBack() });
  #problem = el('p', { class: 'picture-problem' });
  #name = '';
  #isThere = false;
  element = el('div', { class: 'picture-correction' }, el('span', { class: 'select' }, this.#select, icon('down')), this.#undo, this.#problem);

  constructor(correction) {
    this.#correction = correction;
    this.render = this.render.bind(this);
    correction.addEventListener('change', this.render);
    feedback.addEventListener('change', this.render);
  }

  /** @param isThere Whether the picture was read. */
  show(name, isThere) {
    this.#name = name;
    this.#isThere = isThere;
    this.render();
  }

  dispose() {
    feedback.removeEventListener('change', this.render);
  }

  render() {
    const { kept, problem } = this.#correction;
    this.element.hidden = !this.#isThere || !feedback.isEnabled;
    this.element.dataset.state = kept === null ? 'open' : 'kept';
    this.#select.setAttribute('aria-label', t('correct.card', { name: this.#name }));
    for (const option of this.#options) {
      setText(option, option.value === '' ? t('correct.ask') : option.value === kept ? sayKept(kept) : wordOf(option.value));
    }
    this.#options[0].hidden = kept !== null;
    this.#select.value = kept ?? '';
    setText(this.#undo, t('correct.undo'));
    this.#undo.hidden = kept === null;
    setText(this.#problem, problem ? sayProblem(problem) : '');
  }

  #choose() {
    if (this.#select.value !== '') {
      this.#correction.mark(this.#select.value);
    }
  }

  #takeBack() {
    this.#correction.undo();
    // The button goes with what it takes back.
    this.#select.focus();
  }
}
