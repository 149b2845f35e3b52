import { setText } from '../dom.js';
import { feedback } from '../feedback.js';
import * as format from '../format.js';
import { shortcut } from '../shortcuts.js';
import { counted, t } from '../strings.js';
import { sayKept, sayProblem } from './correction.js';

const full = 507;

/** Under the answer: ten digits and "not a digit", one of which says what the picture really shows. */
export class CorrectionKeys {
  #panel = document.getElementById('correction');
  #keys = [...this.#panel.querySelectorAll('[data-mark]')];
  #parts = Object.fromEntries([...this.#panel.querySelectorAll('[data-correction]')].map(part => [part.dataset.correction, part]));
  #correction = null;

  constructor() {
    this.render = this.render.bind(this);
    for (const key of this.#keys) {
      const mark = () => this.#correction?.mark(key.dataset.mark);
      key.addEventListener('click', mark);
      shortcutOf(key.dataset.mark, mark);
    }
    this.#panel.addEventListener('keydown', event => this.#move(event));
    this.#parts.undo.addEventListener('click', () => {
      this.#correction?.undo();
      // The button goes with what it takes back.
      this.#keys.find(key => key.tabIndex === 0).focus();
    });
    this.#parts.learn.addEventListener('click', async () => (await import('../feedback/learn.js')).learn());
    feedback.addEventListener('change', this.render);
    document.addEventListener('languagechange', this.render);
    this.render();
  }

  /** @param correction Of the picture whose answer is shown; null as long as there is none. */
  show(correction) {
    if (correction !== this.#correction) {
      this.#correction?.removeEventListener('change', this.render);
      correction?.addEventListener('change', this.render);
      this.#correction = correction;
      this.render();
    }
  }

  render() {
    const { kept = null, problem = null } = this.#correction ?? {};
    this.#panel.hidden = !feedback.isEnabled;
    this.#panel.dataset.state = problem ? 'problem' : kept === null ? 'open' : 'kept';
    for (const key of this.#keys) {
      key.setAttribute('aria-disabled', String(this.#correction === null));
      key.setAttribute('aria-pressed', String(key.dataset.mark === kept));
    }
    setText(this.#parts.said, problem ? sayProblem(problem) : kept === null ? '' : sayKept(kept));
    this.#parts.ask.hidden = problem !== null || kept !== null;
    this.#parts.undo.hidden = kept === null;
    this.#parts.full.hidden = problem?.status !== full;
    this.#parts.learn.hidden = kept === null || problem !== null;
    setText(this.#parts.learn, counted('feedback.learn', feedback.count, { count: format.count(feedback.count) }));
    setText(this.#parts.statement, feedback.retentionDays > 0
      ? t('correct.keptFor', { days: format.count(feedback.retentionDays) }) : t('correct.keptOn'));
  }

  // One of the keys is in the order of Tab, and the arrows lead to the others.
  #move(event) {
    const at = this.#keys.indexOf(event.target);
    const to = at < 0 ? undefined : { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.#keys.length - 1 }[event.key];
    if (this.#keys[to]) {
      event.preventDefault();
      this.#keys[at].tabIndex = -1;
      this.#keys[to].tabIndex = 0;
      this.#keys[to].focus();
    }
  }
}

// Help has one line for all the digits.
function shortcutOf(label, action) {
  const isFirst = label === '0';
  const isDigit = /\d/.test(label);
  shortcut(isDigit ? label : 'N', isFirst ? 'correct.digit' : isDigit ? null : 'correct.noDigit', action, 'draw',
    { shown: isFirst ? '0 … 9' : undefined, isOn: () => feedback.isEnabled });
}
