import { TrainingHub } from './hub.js';

const noCurve = { steps: [], loss: [], learningRate: [] };
const isOpen = ({ status }) => status === 'queued' || status === 'running';

/** Brings what the hub tells into the runs, each batch once and none left out. Event: `connection`, when it is lost or found. */
export class Feed extends EventTarget {
  /** Null before it is known. */
  isConnected = null;
  #runs;
  #hub;

  constructor(runs) {
    super();
    this.#runs = runs;
    this.#hub = new TrainingHub({
      snapshot: message => this.#snapshot(message),
      run: run => this.#run(run),
      batch: message => this.#batch(message),
      epoch: message => this.#epoch(message),
    }, isConnected => {
      this.isConnected = isConnected;
      this.#runs.live = null;
      this.dispatchEvent(new Event('connection'));
    });
  }

  start() {
    this.#hub.start();
  }

  stop() {
    this.#hub.stop();
    this.#runs.live = null;
  }

  /** Tries at once to find a connection that is lost. */
  hurry() {
    this.#hub.hurry();
  }

  #snapshot({ run, queue }) {
    // Whatever else was open may have ended unheard.
    for (const other of (this.#runs.all ?? []).filter(each => isOpen(each) && each.id !== run?.id)) {
      this.#runs.forget(other.id);
    }
    this.#runs.live = run?.id ?? null;
    for (const each of [...queue.toReversed(), ...run ? [run] : []]) {
      this.#runs.tell(each);
    }
    this.#runs.changed();
    this.#runs.refresh();
  }

  #run(run) {
    const before = this.#runs.find(run.id);
    const begins = run.status === 'running' && this.#runs.live !== run.id;
    if (begins) {
      this.#runs.live = run.id;
    } else if (run.status !== 'running' && this.#runs.live === run.id) {
      this.#runs.live = null;
    }
    if (before?.queuePosition && !run.queuePosition) {
      for (const other of this.#runs.all.filter(each => each.queuePosition > before.queuePosition)) {
        other.queuePosition--;
      }
    }
    this.#runs.tell(begins ? { ...run, curve: noCurve } : run);
    this.#runs.changed();
  }

  #batch({ run: id, progress, curve }) {
    if (id !== this.#runs.live || !this.#runs.curve(id).append(curve)) {
      this.#hub.requestSnapshot();
      return;
    }
    this.#runs.touch(id);
    this.#runs.find(id).progress = progress;
    this.#runs.progressed();
  }

  #epoch({ run: id, metrics }) {
    const run = this.#runs.find(id);
    if (run && !run.epochs.some(({ epoch }) => epoch === metrics.epoch)) {
      this.#runs.touch(id);
      run.epochs.push(metrics);
      run.bestEpoch = metrics.isBest ? metrics.epoch : run.bestEpoch;
      this.#runs.progressed();
    }
  }
}
