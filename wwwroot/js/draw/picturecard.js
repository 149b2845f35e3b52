import { el, icon, setText } from '../dom.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { CardCorrection } from './cardcorrection.js';
import { describe, describeProblem, ranked } from './confidence.js';
import { Correction } from './correction.js';

/** A picture in the list: its thumbnail, what it was read as, or why it was not. */
export class PictureCard {
  #outcome = null;
  #flight = null;
  #correction = new Correction('uploaded');
  #correctionBox;
  #digit = el('span', { class: 'picture-digit' });
  #text = el('span', { class: 'picture-text' });
  #open;
  #removeButton;

  constructor(file, onOpen, onRemove) {
    this.file = file;
    this.name = file.name || t('pictures.unnamed');
    this.url = URL.createObjectURL(file);
    const thumbnail = el('img', { class: 'picture-thumbnail', src: this.url, alt: '', decoding: 'async' });
    thumbnail.addEventListener('error', () => thumbnail.replaceWith(icon('picture', 'picture-thumbnail')));
    this.#open = el('button', { class: 'picture-open', type: 'button', 'aria-pressed': 'false', onclick: () => onOpen(this) },
      thumbnail,
      el('span', { class: 'picture-facts' }, this.#digit, this.#text, el('span', { class: 'picture-name' }, this.name)));
    this.#removeButton = el('button', { class: 'icon-button small', type: 'button', onclick: () => onRemove(this) }, icon('close'));
    this.#correctionBox = new CardCorrection(this.#correction);
    this.element = el('li', { class: 'picture' }, this.#open, this.#removeButton, this.#correctionBox.element);
    this.render = this.render.bind(this);
    document.addEventListener('languagechange', this.render);
    this.render();
  }

  get outcome() {
    return this.#outcome;
  }

  /** An outcome { answer, picture, problem }, or null while it is being read. */
  set outcome(value) {
    this.#outcome = value;
    if (value?.answer) {
      this.#correction.take(value.picture, value.answer.model);
    }
    this.render();
  }

  /** What can be said of its answer; null as long as there is none. */
  get correction() {
    return this.#outcome?.answer ? this.#correction : null;
  }

  set isSelected(value) {
    this.#open.setAttribute('aria-pressed', String(value));
  }

  /** A signal for reading it; an earlier one is given up. */
  start() {
    this.stop();
    this.#flight = new AbortController();
    return this.#flight.signal;
  }

  stop() {
    this.#flight?.abort();
  }

  dispose() {
    document.removeEventListener('languagechange', this.render);
    this.#correctionBox.dispose();
    URL.revokeObjectURL(this.url);
    this.element.remove();
  }

  render() {
    const { answer, problem } = this.#outcome ?? {};
    const said = answer ? describe(answer) : null;
    this.element.dataset.state = said?.level ?? (problem ? 'problem' : 'waiting');
    this.element.setAttribute('aria-busy', String(this.#outcome === null));
    setText(this.#digit, answer ? this.#sign(answer, said) : problem ? '–' : '');
    this.#digit.setAttribute('aria-hidden', String(answer?.digit === null));
    setText(this.#text, said ? [said.word, said.number].filter(Boolean).join(' ')
      : problem ? describeProblem(problem, models.active !== null).title : t('answer.waiting'));
    this.#removeButton.setAttribute('aria-label', t('pictures.remove', { name: this.name }));
    this.#correctionBox.show(this.name, Boolean(answer));
  }

  // Of what is no digit, the digit that comes nearest, which the style says is not the answer.
  #sign(answer, { level }) {
    return String(answer.digit ?? (level === 'none' ? ranked(answer)[0].digit : '?'));
  }
}
