import { request } from './api.js';

/** What models there are, known to all views: `change` tells that it has been read again. */
class ModelList extends EventTarget {
  all = [];
  isKnown = false;
  #asked = 0;
  #answered = 0;
  #waiting = 0;
  #tabs = new BroadcastChannel('models');

  constructor() {
    super();
    this.#tabs.addEventListener('message', () => this.#look());
    addEventListener('focus', () => this.#look());
    document.addEventListener('visibilitychange', () => this.#look());
  }

  /** Null as long as nobody knows. */
  get active() {
    return this.all.find(model => model.isActive) ?? null;
  }

  find(id) {
    return this.all.find(model => model.id === id) ?? null;
  }

  /** Reads it again. */
  async refresh() {
    const asked = ++this.#asked;
    this.#waiting++;
    const all = await request('models').finally(() => this.#waiting--);
    // Of two answers that cross on the way, the one to the later question is the newer.
    if (asked > this.#answered) {
      this.#answered = asked;
      this.all = all;
      this.isKnown = true;
      this.dispatchEvent(new Event('change'));
    }
  }

  /** Reads it again after a model was activated, imported or deleted here, and lets the other tabs do so. */
  changed() {
    this.#tabs.postMessage('changed');
    return this.refresh();
  }

  // Another tab, or another program, may have changed something while nobody looked.
  #look() {
    if (document.visibilityState === 'visible' && this.#waiting === 0) {
      this.refresh().catch(() => {});
    }
  }
}

export const models = new ModelList();
