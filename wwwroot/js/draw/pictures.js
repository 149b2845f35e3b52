import { PictureCard } from './picturecard.js';
import { PictureReader } from './picturereader.js';

/** The pictures that were brought, and their answers; one of them may be shown in place of the drawing. */
export class Pictures {
  #section = document.getElementById('pictures');
  #list = document.getElementById('picture-list');
  #cards = [];
  #selected = null;
  #reader;
  #onSelect;

  /**
   * @param choice () => { model, preprocess }
   * @param onSelect Told the card that is to be shown, again whenever its outcome changes, and null for none.
   */
  constructor(choice, onSelect) {
    this.#reader = new PictureReader(choice, (card, outcome) => this.#tell(card, outcome));
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
    this.#reader.read(cards);
  }

  #tell(card, outcome) {
    card.outcome = outcome;
    if (card === this.#selected) {
      this.#onSelect(card);
    }
  }

  #remove(card) {
    const at = this.#cards.indexOf(card);
    this.#reader.forget(card);
    card.dispose();
    this.#cards.splice(at, 1);
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
