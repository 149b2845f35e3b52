import { ApiProblem } from '../api.js';
import { reducePhoto } from './picture.js';
import { isPassing, predict, predictBatch, retryTime } from './predictor.js';

const patience = 5;

/** What is sent together: so many pictures, which are answered at once, and about so many bytes, which are on their way as long. */
const mostPictures = 16;
const mostBytes = 8e6;
const largestInGroup = 4e6;

const answered = (answer, picture) => ({ answer, picture, problem: null, retryAt: 0 });
const failed = problem => ({ answer: null, picture: null, problem, retryAt: 0 });

/** Reads pictures in the order in which they come, several to a request; each has an outcome of its own. */
export class PictureReader {
  #waiting = [];
  #isWorking = false;
  #choice;
  #tell;

  /**
   * @param choice () => { model, preprocess }
   * @param tell (card, outcome): what became of it, null while it is being read.
   */
  constructor(choice, tell) {
    this.#choice = choice;
    this.#tell = tell;
  }

  /** Reads them, again if need be; what is still on its way of them is given up. */
  read(cards) {
    for (const card of cards) {
      card.stop();
      this.#tell(card, null);
    }
    this.#waiting = [...this.#waiting.filter(card => !cards.includes(card)), ...cards];
    this.#work();
  }

  forget(card) {
    card.stop();
    this.#waiting = this.#waiting.filter(each => each !== card);
  }

  async #work() {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#readGroup(await this.#gather());
      }
    } finally {
      this.#isWorking = false;
    }
  }

  // Photos are made smaller one after another: two at once would be in memory unpacked.
  async #gather() {
    const group = [];
    for (let bytes = 0; group.length < mostPictures && bytes < mostBytes && this.#waiting.length > 0;) {
      const card = this.#waiting.shift();
      const signal = card.start();
      const picture = await reducePhoto(card.file);
      bytes += picture.size;
      group.push({ card, signal, picture });
    }
    return group.filter(({ signal }) => !signal.aborted);
  }

  async #readGroup(group) {
    const together = group.filter(({ picture }) => picture.size <= largestInGroup);
    const entries = together.length > 1 ? await this.#askForAll(together) : [];
    const entryOf = new Map(together.map((each, i) => [each, entries[i]]));
    for (const each of group) {
      const entry = entryOf.get(each);
      const outcome = !entry || isPassing(entry) ? await this.#readAlone(each)
        : entry.error ? failed(new ApiProblem(entry.status, entry.error)) : answered(entry, each.picture);
      if (!each.signal.aborted) {
        this.#tell(each.card, outcome);
      }
    }
  }

  /** An answer or error for each; none if the request failed, which need not be the fault of all of them. */
  async #askForAll(group) {
    const flight = new AbortController();
    const giveUp = () => group.every(({ signal }) => signal.aborted) && flight.abort();
    for (const { signal } of group) {
      signal.addEventListener('abort', giveUp);
    }
    try {
      return await predictBatch(group.map(({ picture }) => picture), this.#choice(), flight.signal);
    } catch (error) {
      if (flight.signal.aborted || error instanceof ApiProblem) {
        return [];
      }
      throw error;
    }
  }

  async #readAlone({ picture, signal }) {
    for (let n = 1; !signal.aborted; n++) {
      try {
        return answered(await predict(picture, this.#choice(), signal), picture);
      } catch (error) {
        if (!signal.aborted && !(error instanceof ApiProblem)) {
          throw error;
        }
        if (n === patience || signal.aborted || !isPassing(error)) {
          return failed(error);
        }
        await new Promise(resolve => setTimeout(resolve, retryTime(error, n)));
      }
    }
    return null;
  }
}
