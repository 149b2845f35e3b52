import { el, setText } from '../dom.js';
import { t } from '../strings.js';

/** Sees to it that the runs that are looked at are here, and says why where one cannot be had. */
export class Trouble {
  element = el('p', { class: 'notice', role: 'alert', hidden: true });
  #runs;
  #changed;
  #problems = new Map();

  /** @param {() => void} changed Told when one more cannot be had. */
  constructor(runs, changed) {
    this.#runs = runs;
    this.#changed = changed;
  }

  /** Tries again those that could not be had. */
  forget() {
    this.#problems.clear();
  }

  /** Without the list nobody knows yet which runs have a curve to ask for. */
  load(ids) {
    const isListed = this.#runs.all !== null || this.#runs.problem !== null;
    for (const id of (isListed ? ids : []).filter(each => !this.#problems.has(each))) {
      this.#runs.need(id).catch(problem => {
        this.#problems.set(id, problem);
        this.#changed();
      });
    }
    this.#show();
  }

  // What a damaged run suffers from is said where it is shown.
  #show() {
    const problems = [...this.#problems].filter(([id]) => !this.#runs.find(id)?.error).map(([, problem]) => problem);
    setText(this.element, problems.map(({ detail }) => detail || t('problem.away.detail')).join(' '));
    this.element.hidden = problems.length === 0;
  }
}
