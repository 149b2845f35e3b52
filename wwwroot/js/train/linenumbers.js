/** Numbers from 1 for runs that are shown together: each keeps its own, and with it its colour, as others come and go. */
export class LineNumbers {
  #numbers = new Map();

  /** Gives those that are new the lowest numbers that are free. */
  assign(ids) {
    const kept = new Map([...this.#numbers].filter(([id]) => ids.includes(id)));
    for (const id of ids.filter(each => !kept.has(each))) {
      const taken = new Set(kept.values());
      kept.set(id, 1 + [...ids.keys()].find(number => !taken.has(number + 1)));
    }
    this.#numbers = kept;
  }

  /** The numbers by the runs' ids. */
  get all() {
    return this.#numbers;
  }
}
