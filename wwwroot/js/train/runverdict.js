import { el } from '../dom.js';
import { reasonOf, titleOf } from '../models/words.js';
import { compare, comparisonOf, verdictPanel } from '../models/verdict.js';
import { models } from '../models.js';
import { t } from '../strings.js';

/** What has become of a model that went on learning: better than the one that it comes from, or not. */
export class RunVerdict {
  element = el('div', { class: 'run-verdict', 'aria-live': 'polite', hidden: true });
  #run = null;
  #told = null;
  #problem = null;

  constructor() {
    models.addEventListener('change', () => this.#render());
    document.addEventListener('languagechange', () => this.#render());
  }

  show(run) {
    const isOther = this.#run?.id !== run.id || this.#run.modelId !== run.modelId;
    this.#run = run;
    this.element.hidden = !run.result || !run.modelId || !run.options?.base;
    if (isOther) {
      this.#told = this.#problem = null;
      this.#render();
    }
    if (isOther && !this.element.hidden) {
      this.#read();
    }
  }

  async #read() {
    const { modelId, options } = this.#run;
    const [told, problem] = await Promise.all([compare(modelId, options.base), models.refresh()])
      .then(([answer]) => [answer, null], error => [null, error]);
    if (modelId === this.#run.modelId) {
      this.#told = told;
      this.#problem = problem;
      this.#render();
    }
  }

  #render() {
    if (this.#run === null || this.element.hidden) {
      return;
    }
    const { modelId, options } = this.#run;
    const base = models.find(options.base);
    const name = base ? titleOf(base) : options.base;
    const more = el('a', { class: 'button', href: comparisonOf(modelId, options.base), 'data-key': 'compare' }, t('verdict.compare', { old: name }));
    const key = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.element.replaceChildren(this.#told ? verdictPanel(this.#told, more)
      : this.#problem ? el('div', { class: 'notice' }, el('p', {}, reasonOf(this.#problem)), more)
      : el('p', { class: 'loading' }, t('verdict.waiting', { old: name })));
    if (key) {
      (this.element.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? this.element.querySelector('h2'))?.focus({ preventScroll: true });
    }
  }
}
