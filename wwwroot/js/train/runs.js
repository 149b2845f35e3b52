import { request } from '../api.js';
import { Curve } from './curve.js';

const endOf = run => `${run?.status} ${run?.endedAt}`;

/**
 * All runs and the curves of those that are looked at, as the service has them. Events: `change` when runs come, go or
 * change their status, `progress` for what a batch or an epoch brings.
 */
export class Runs extends EventTarget {
  /** The newest first; null as long as nobody knows. */
  all = null;
  /** Why the list could not be read; null if it could. */
  problem = null;
  /** The run that the hub tells of, batch by batch; null if none trains. */
  live = null;
  #curves = new Map();
  #requests = new Map();
  #told = new Map();
  #moment = 0;

  find(id) {
    return this.all?.find(run => run.id === id) ?? null;
  }

  /** The loss curve of a run; null until it is here. */
  curve(id) {
    return this.#curves.get(id) ?? null;
  }

  /** Reads the list again. What was told meanwhile is newer than the answer. */
  async refresh() {
    const asked = ++this.#moment;
    try {
      const runs = await request('runs');
      const isNewer = ({ id }) => id === this.live || (this.#told.get(id) ?? 0) > asked;
      const unlisted = (this.all ?? []).filter(run => isNewer(run) && !runs.some(({ id }) => id === run.id));
      for (const run of runs.filter(each => !isNewer(each) && endOf(each) !== endOf(this.find(each.id)))) {
        this.#curves.delete(run.id);
      }
      this.all = [...unlisted, ...runs.map(run => (isNewer(run) && this.find(run.id)) || run)];
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.changed();
  }

  /** Reads a run's curve, unless it is here or there is none. @throws {ApiProblem} There is no such run, or it cannot be read. */
  need(id) {
    const run = this.find(id);
    if (this.#curves.has(id) || run?.status === 'queued' || (run && !run.status)) {
      return Promise.resolve();
    }
    if (!this.#requests.has(id)) {
      this.#requests.set(id, this.#read(id).finally(() => this.#requests.delete(id)));
    }
    return this.#requests.get(id);
  }

  /** Takes what somebody who knows has told of a run, with its curve if that came along. */
  tell({ curve, ...run }) {
    this.touch(run.id);
    this.#put(run);
    if (curve) {
      this.#curves.set(run.id, Curve.of(curve));
    }
  }

  /** What is known of a run is newer than any answer that is on its way. */
  touch(id) {
    this.#told.set(id, ++this.#moment);
  }

  /** Forgets a curve, which is read again when it is needed. */
  forget(id) {
    this.#curves.delete(id);
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  progressed() {
    this.dispatchEvent(new Event('progress'));
  }

  async #read(id) {
    const asked = ++this.#moment;
    const run = await request(`runs/${encodeURIComponent(id)}`);
    if ((this.#told.get(id) ?? 0) < asked) {
      this.tell(run);
      this.changed();
    }
  }

  #put(run) {
    this.all = this.find(run.id) ? this.all.map(other => (other.id === run.id ? run : other)) : [run, ...this.all ?? []];
  }
}
