import { announce } from '../announce.js';
import { setText } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { describe, describeProblem, ranked } from './confidence.js';
import { glyphs, question } from './glyphs.js';
import { isPassing } from './predictor.js';

const settleTime = 600;

/** The panel with the answer. What it shows is an outcome { answer, problem, retryAt }, or null: nothing is asked. */
export class AnswerPanel {
  #panel = document.getElementById('answer');
  #parts = Object.fromEntries([...this.#panel.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
  #bars = [...this.#panel.querySelectorAll('.bar')].map(bar => ({
    bar,
    fill: bar.querySelector('.bar-fill'),
    number: bar.querySelector('.bar-number'),
  }));
  #outcome = null;
  #isThere = false;
  #clock = 0;
  #settled = 0;
  #said = '';

  constructor(tryNow) {
    this.#parts.retry.addEventListener('click', tryNow);
    document.addEventListener('languagechange', () => this.#render());
  }

  /**
   * Whether what is shown is not yet the answer to what is drawn, and whether that is all that it waits for. A settled
   * answer is said, an intermediate one is not.
   */
  wait(busy, settling) {
    this.#panel.setAttribute('aria-busy', String(busy));
    this.#panel.toggleAttribute('data-settling', settling);
    clearTimeout(this.#settled);
    if (!busy) {
      this.#settled = setTimeout(() => this.#say(), settleTime);
    }
  }

  /** Forgets the last answer: what is shown next is that to another picture. */
  clear() {
    this.#renderBars(null);
    this.#parts.seen.removeAttribute('src');
    this.#renderDigit();
  }

  /** @param isThere Whether there is something to read, of which the outcome may not be there yet. */
  show(outcome, isThere) {
    this.#outcome = outcome;
    this.#isThere = isThere;
    this.#render();
  }

  #render() {
    clearInterval(this.#clock);
    this.#parts.retry.hidden = true;
    const { answer, problem } = this.#outcome ?? {};
    if (answer) {
      this.#renderAnswer(answer);
    } else if (problem) {
      this.#renderProblem(problem);
    } else {
      this.clear();
      const [word, more] = this.#isThere ? ['waiting', 'waitingMore'] : ['empty', 'emptyMore'];
      this.#write(word, t(`answer.${word}`), '', t(`answer.${more}`));
    }
  }

  #renderAnswer(answer) {
    const { level, word, number, rival, isDigit } = describe(answer);
    this.#write(level, word, number, rival, isDigit);
    this.#renderBars(answer);
    this.#renderDigit(answer);
    if (answer.input && this.#parts.seen.getAttribute('src') !== answer.input) {
      this.#parts.seen.src = answer.input;
    }
    const name = models.find(answer.model)?.network ?? answer.model;
    // A picture that was read among others has no time of its own.
    setText(this.#parts.meta, answer.elapsedMs === undefined ? name : t('answer.readBy', { model: name, time: format.milliseconds(answer.elapsedMs) }));
  }

  // While the service is away the last answer stays, dimmed: it was right as long as it was there.
  #renderProblem(problem) {
    if (!isPassing(problem)) {
      this.clear();
    }
    const { title, detail } = describeProblem(problem, models.active !== null);
    const { retryAt } = this.#outcome;
    const write = () => {
      const seconds = Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
      this.#write('problem', title, '', retryAt ? `${detail} ${t('problem.again', { seconds })}` : detail);
    };
    write();
    this.#parts.retry.hidden = !isPassing(problem);
    if (retryAt) {
      this.#clock = setInterval(write, 250);
    }
  }

  #write(state, word, number, more, isDigit = '') {
    this.#panel.dataset.state = state;
    setText(this.#parts.word, word);
    setText(this.#parts.number, number);
    setText(this.#parts.more, more);
    setText(this.#parts.isDigit, isDigit);
    setText(this.#parts.meta, t('answer.title'));
  }

  // Where the answer is none, the digits that came nearest are still drawn; the style says that they are not the answer.
  #renderDigit(answer = null) {
    const [first, second] = answer ? ranked(answer) : [];
    this.#panel.dataset.digit = answer?.digit ?? '';
    this.#parts.glyph.setAttribute('d', glyphs[first?.digit] ?? question);
    this.#parts.second.setAttribute('d', glyphs[second?.digit] ?? '');
  }

  #renderBars(answer) {
    const [first, second] = answer ? ranked(answer) : [];
    for (const [digit, { bar, fill, number }] of this.#bars.entries()) {
      const probability = answer?.probabilities?.[digit] ?? 0;
      fill.style.setProperty('--share', probability);
      bar.classList.toggle('first', first?.digit === digit);
      bar.classList.toggle('second', second?.digit === digit);
      setText(number, answer ? format.share(probability) : '');
    }
  }

  #say() {
    const { answer, problem } = this.#outcome ?? {};
    const { word, number, rival } = answer ? describe(answer) : {};
    const text = answer ? (answer.digit === null ? [word, rival].join('. ') : [answer.digit, word, number, rival].join(', '))
      : problem ? Object.values(describeProblem(problem, models.active !== null)).join('. ') : '';
    if (text !== this.#said && text !== '') {
      announce(text);
    }
    this.#said = text;
  }
}
