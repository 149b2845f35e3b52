import { ApiProblem, request } from '../api.js';

/** How long changes are gathered before they are sent, in milliseconds. */
const gatherTime = 70;
const firstRetry = 500;
const longestRetry = 8000;

/** Reads one picture. `choice` is { model, preprocess }, each empty for the service's own. */
export const predict = (picture, choice, signal) => request(`predict?${queryOf(choice)}`, { method: 'POST', body: picture, signal });

/** Reads several. @returns For each, in their order, what predict would answer, or { error, status }. */
export async function predictBatch(pictures, choice, signal) {
  const form = new FormData();
  for (const picture of pictures) {
    form.append('file', picture);
  }
  const { predictions } = await request(`predict/batch?${queryOf(choice)}`, { method: 'POST', body: form, signal });
  return predictions;
}

const queryOf = choice => new URLSearchParams([['input', true], ...Object.entries(choice).filter(([, value]) => value)]);

/** Whether asking again can help: the service is away, busy, or without a model as yet. */
export const isPassing = problem => problem.status === 0 || problem.status === 429 || problem.status >= 500;

/** How long to wait before asking again for the nth time, in milliseconds: as long as the service says, or ever longer. */
export const retryTime = (problem, n) => Math.max(Math.min(longestRetry, firstRetry * 2 ** (n - 1)), problem.retryAfter * 1000);

/**
 * Asks for what is current, over and over: one request at a time, always of the newest state, and only the newest answer
 * is told. If the service is away it goes on asking, less and less often.
 */
export class Predictor {
  #ask;
  #tell;
  #flight = null;
  #timer = 0;
  #wanted = false;
  #retries = 0;

  /**
   * @param ask (signal) => Promise of { answer, picture }: that of the current state, and what was sent.
   * @param tell ({ answer, picture, problem, retryAt }): `retryAt` as in performance.now(), 0 if it is not asked again.
   */
  constructor(ask, tell) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** Whether the answer shown is not yet that of the newest state. */
  get isBusy() {
    return this.#wanted || this.#flight !== null;
  }

  /** Something changed, and more may follow. */
  soon() {
    this.#wanted = true;
    if (this.#flight === null && this.#timer === 0) {
      this.#wait(gatherTime);
    }
  }

  /** Something changed, and that was it. While the service rests, it is left in peace. */
  now() {
    this.#wanted = true;
    if (this.#retries === 0) {
      this.retry();
    }
  }

  /** Asks at once, whatever it is waiting for. */
  retry() {
    this.#flight?.abort();
    this.#send();
  }

  /** Nothing is wanted any more. */
  stop() {
    this.#flight?.abort();
    this.#flight = null;
    this.#wanted = false;
    this.#retries = 0;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #wait(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), time);
  }

  async #send() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#wanted = false;
    const flight = this.#flight = new AbortController();
    const told = { answer: null, picture: null, problem: null, retryAt: 0 };
    try {
      Object.assign(told, await this.#ask(flight.signal));
    } catch (error) {
      if (flight === this.#flight && !(error instanceof ApiProblem)) {
        throw error;
      }
      told.problem = error;
    }
    if (flight === this.#flight) {
      this.#flight = null;
      this.#plan(told);
      this.#tell(told);
    }
  }

  #plan(told) {
    this.#retries = told.problem && isPassing(told.problem) ? this.#retries + 1 : 0;
    if (this.#retries > 0) {
      const time = retryTime(told.problem, this.#retries);
      told.retryAt = performance.now() + time;
      this.#wait(time);
    } else if (this.#wanted) {
      this.#wait(gatherTime);
    }
  }
}
