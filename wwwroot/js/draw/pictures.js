import { ApiProblem } from '../api.js';
import { reducePhoto } from './picture.js';
import { PictureCard } from './picturecard.js';
import { isPassing, predict, retryTime } from './predictor.js';

const atOnce = 4;
const patience = 5;

/** The pictures that were brought, read a few at a time; one of them may be shown in place of the drawing. */
export class Pictures {
  #section = document.getElementById('pictures');
  #list = document.getElementById('picture-list');
  #cards = [];
  #waiting = [];
  #running = 0;
  #selected = null;
  #choice;
  #onSelect;

  /**
   * @param choice () => { model, preprocess }
   * @param onSelect Told the card that is to be shown, again whenever its outcome changes, and null for none.
   */
  constructor(choice, onSelect) {
    this.#choice = choice;
    this.#onSelect = onSelect;
    document.getElementById('pictures-clear').addEventListener('click', () => this.#removeAll());
  }

  get selected() {
    return this.#selected;
  }

  /** Adds pictures and reads them; the first of them is shown. */
  add(files) {
    const cards = files.map(file => new PictureCard(file, card => this.select(card), card => this.#remove(card)));
    this.#cards.unshift(...cards);
    this.#list.prepend(...cards.map(card => card.element));
    this.#section.hidden = this.#cards.length === 0;
    this.read(cards);
    if (cards.length > 0) {
      this.select(cards[0]);
    }
  }

  /** Shows one, or the drawing: null. */
  select(card) {
    if (card !== null || this.#selected !== null) {
      this.#selected = card;
      for (const each of this.#cards) {
        each.isSelected = each === card;
      }
      this.#onSelect(card);
    }
  }

  /** Reads them again: with another model, prepared otherwise, or because the service was away. */
  read(cards = this.#cards) {
    for (const card of cards) {
      card.stop();
      this.#tell(card, null);
    }
    this.#waiting = [...this.#waiting.filter(card => !cards.includes(card)), ...cards];
    while (this.#running < atOnce && this.#waiting.length > 0) {
      this.#work();
    }
  }

  async #work() {
    this.#running++;
    while (this.#waiting.length > 0) {
      const card = this.#waiting.shift();
      const signal = card.start();
      const outcome = await this.#outcomeOf(card, signal);
      if (!signal.aborted) {
        this.#tell(card, outcome);
      }
    }
    this.#running--;
  }

  async #outcomeOf(card, signal) {
    const picture = await reducePhoto(card.file);
    for (let n = 1; !signal.aborted; n++) {
      try {
        return { answer: await predict(picture, this.#choice(), signal), problem: null, retryAt: 0 };
      } catch (error) {
        if (!signal.aborted && !(error instanceof ApiProblem)) {
          throw error;
        }
        if (n === patience || signal.aborted || !isPassing(error)) {
          return { answer: null, problem: error, retryAt: 0 };
        }
        await new Promise(resolve => setTimeout(resolve, retryTime(error, n)));
      }
    }
    return null;
  }

  #tell(card, outcome) {
    card.outcome = outcome;
    if (card === this.#selected) {
      this.#onSelect(card);
    }
  }

  #remove(card) {
    const at = this.#cards.indexOf(card);
    card.stop();
    card.dispose();
    this.#cards.splice(at, 1);
    this.#waiting = this.#waiting.filter(each => each !== card);
    this.#section.hidden = this.#cards.length === 0;
    if (card === this.#selected) {
      this.select(null);
    }
    (this.#cards[Math.min(at, this.#cards.length - 1)]?.element.querySelector('button') ?? document.getElementById('canvas')).focus();
  }

  #removeAll() {
    while (this.#cards.length > 0) {
      this.#remove(this.#cards[0]);
    }
  }
}
