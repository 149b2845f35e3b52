const mostPoints = 8192;

/** A loss curve: each point is the mean loss of a stretch of steps, at the stretch's last step; none is missing in between. */
export class Curve {
  steps = [];
  loss = [];
  learningRate = [];

  /** @param {{steps: number[], loss: number[], learningRate: number[]}} columns As the service gives them, from the first step on. */
  static of(columns) {
    const curve = new Curve();
    Object.assign(curve, structuredClone(columns));
    return curve;
  }

  /** The last step that is known; 0 before the first. */
  get last() {
    return this.steps.at(-1) ?? 0;
  }

  /**
   * Takes what is new. What is known already is left out.
   * @returns {boolean} False, and nothing is taken, if steps between the last one and these are missing.
   */
  append({ steps, loss, learningRate }) {
    // Stretches of one message are equally long, but for a shorter first one and last one.
    const stretch = steps.length > 1 ? steps[1] - steps[0] : 1;
    if (steps.length > 0 && steps[0] - this.last > stretch) {
      return false;
    }
    for (let i = 0; i < steps.length; i++) {
      if (steps[i] > this.last) {
        this.steps.push(steps[i]);
        this.loss.push(loss[i]);
        this.learningRate.push(learningRate[i]);
        this.#join();
      }
    }
    if (this.steps.length > mostPoints) {
      this.#halve();
    }
    return true;
  }

  /**
   * The moving average of the loss, with the weight of every step falling by `decay`, 0 to below 1, with each step after
   * it; without the bias towards 0 that it has at first otherwise (Kingma and Ba, 2015). A stretch counts as its steps.
   */
  smooth(decay) {
    let average = 0;
    let weight = 0;
    let before = 0;
    return this.loss.map((loss, i) => {
      const kept = decay ** (this.steps[i] - before);
      before = this.steps[i];
      average = kept * average + (1 - kept) * loss;
      weight = kept * weight + (1 - kept);
      return average / weight;
    });
  }

  // What comes step by step becomes stretches as long as those before it: single steps would stand out among means.
  #join() {
    const stretch = this.steps.length > 3 ? this.steps[2] - this.steps[1] : 0;
    const [start, middle, end] = this.steps.slice(-3);
    if (end - start <= stretch) {
      const loss = this.loss.pop();
      this.loss.push((this.loss.pop() * (middle - start) + loss * (end - middle)) / (end - start));
      this.steps.splice(-2, 1);
      this.learningRate.splice(-2, 1);
    }
  }

  // No screen shows more points than this, and every message would draw them all.
  #halve() {
    const half = new Curve();
    for (let i = 0; i < this.steps.length; i += 2) {
      const end = Math.min(i + 1, this.steps.length - 1);
      const before = this.steps[i - 1] ?? 0;
      const [first, second] = [this.steps[i] - before, this.steps[end] - this.steps[i]];
      half.steps.push(this.steps[end]);
      half.loss.push((this.loss[i] * first + this.loss[end] * second) / (first + second));
      half.learningRate.push(this.learningRate[end]);
    }
    Object.assign(this, half);
  }
}
