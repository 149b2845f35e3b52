import { announce } from '../announce.js';
import { ApiProblem } from '../api.js';
import { feedback, none } from '../feedback.js';
import { t } from '../strings.js';

const gone = 404;

/** A picture that was read, and what somebody says that it shows: `change` tells that this is kept now, or is not. */
export class Correction extends EventTarget {
  /** The label under which the picture is kept; null if it is not. */
  kept = null;
  /** Why the last wish could not be fulfilled; null if it was. */
  problem = null;
  #source;
  #picture = null;
  #model = null;
  #id = null;
  #wanted = null;
  #isWorking = false;

  /** @param {'drawn' | 'uploaded'} source How the picture came to be. */
  constructor(source) {
    super();
    this.#source = source;
  }

  /** Takes the very picture that was read, and who read it. */
  take(picture, model) {
    this.#picture = picture;
    this.#model = model;
  }

  /** Says what the picture shows. */
  mark(label) {
    this.#wanted = label;
    this.#work();
  }

  /** Takes back what was said: the picture is not kept any more. */
  undo() {
    this.#wanted = null;
    this.#work();
  }

  // One wish after the other, and of several that wait only the last.
  async #work() {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    this.problem = null;
    try {
      while (this.#wanted !== this.kept) {
        const wanted = this.#wanted;
        await (wanted === null ? this.#forget() : this.#keep(wanted));
        this.kept = wanted;
      }
      this.#tell(sayKept(this.kept));
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) {
        throw problem;
      }
      this.#wanted = this.kept;
      this.problem = problem;
      this.#tell(sayProblem(problem));
    } finally {
      this.#isWorking = false;
    }
    feedback.refresh().catch(() => {});
  }

  async #keep(label) {
    const { id } = await feedback.keep(this.#picture, { label, source: this.#source, model: this.#model });
    this.#id = id;
  }

  async #forget() {
    try {
      await feedback.delete(this.#id);
    } catch (problem) {
      if (problem.status !== gone) {
        throw problem;
      }
    }
  }

  #tell(text) {
    this.dispatchEvent(new Event('change'));
    announce(text);
  }
}

/** As what a picture is kept, in words. */
export const sayKept = label => (label === null ? t('correct.forgotten') : label === none ? t('correct.keptNone') : t('correct.kept', { digit: label }));

/** Why a wish was not fulfilled, and what to do about it. */
export function sayProblem({ status, detail, retryAfter }) {
  const advice = {
    0: 'away', 401: 'key', 429: retryAfter > 0 ? 'wait' : 'busy', 503: 'busy', 507: 'full',
  }[status];
  return advice ? t(`correct.${advice}`, { seconds: retryAfter }) : detail || t('problem.broken.detail');
}
