/** Points closer than this tell nothing but the hand's tremble. */
const nearest = 0.75;
const longestDot = 14;

/**
 * Strokes, each a list of points { x, y, width } in a square of 280 units, and their history.
 * `extend` tells that the stroke in the making has grown, `change` that anything else has.
 */
export class Drawing extends EventTarget {
  /** All strokes, the one in the making last. */
  strokes = [];
  #past = [];
  #future = [];
  #isOpen = false;

  get isEmpty() {
    return this.strokes.length === 0;
  }

  /** Whether a stroke is in the making. */
  get isOpen() {
    return this.#isOpen;
  }

  /** Whether there is more than a dot: a first stroke that has just begun is nothing that could be read. */
  get isMoreThanADot() {
    const [{ x, y }] = this.strokes[0];
    return this.strokes.length > 1 || this.strokes[0].some(point => Math.hypot(point.x - x, point.y - y) >= longestDot);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Begins a stroke; what was undone before is gone. */
  begin(point) {
    this.#step([...this.strokes, [point]]);
    this.#isOpen = true;
    this.#tell('extend');
  }

  extend(points) {
    const stroke = this.strokes.at(-1);
    for (const point of points) {
      const last = stroke.at(-1);
      if (Math.hypot(point.x - last.x, point.y - last.y) >= nearest) {
        stroke.push(point);
      }
    }
    this.#tell('extend');
  }

  end() {
    this.#isOpen = false;
    this.#tell('change');
  }

  /** Takes the stroke in the making back, as if it had never begun. */
  cancel() {
    this.#isOpen = false;
    this.strokes = this.#past.pop();
    this.#tell('change');
  }

  undo() {
    if (this.canUndo && !this.#isOpen) {
      this.#future.push(this.strokes);
      this.strokes = this.#past.pop();
      this.#tell('change');
    }
  }

  redo() {
    if (this.canRedo && !this.#isOpen) {
      this.#past.push(this.strokes);
      this.strokes = this.#future.pop();
      this.#tell('change');
    }
  }

  /** Can be undone like a stroke. */
  clear() {
    if (!this.isEmpty && !this.#isOpen) {
      this.#step([]);
      this.#tell('change');
    }
  }

  #step(strokes) {
    this.#past.push(this.strokes);
    this.#future = [];
    this.strokes = strokes;
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
