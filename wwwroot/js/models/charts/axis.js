// 1, 2 or 5 times a power of ten, at least as large as asked for.
function roundStep(atLeast) {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return power * [1, 2, 5, 10].find(factor => factor * power >= atLeast * (1 - 1e-9));
}

const axis = (low, high, ticks, scale = value => value) => ({
  ticks,
  /** 0 at the low end and 1 at the high one; what lies outside is at an end. */
  at: value => (high === low ? 0.5 : Math.min(1, Math.max(0, (scale(value) - scale(low)) / (scale(high) - scale(low))))),
});

/** From a round number below the values to one above, which may have a limit. */
export function linear(values, limit = Infinity) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = roundStep(Math.max(high - low, Math.abs(high) * 1e-3, 1e-9) / 4);
  const from = Math.floor(low / step + 1e-9);
  const to = Math.min(Math.max(Math.ceil(high / step - 1e-9), from + 1), Math.floor(limit / step + 1e-9));
  const ticks = Array.from({ length: to - from + 1 }, (_, n) => (from + n) * step);
  return axis(ticks[0], ticks.at(-1), ticks);
}

/** From below the values, which are above 0, to above; every power of ten takes the same room. */
export function logarithmic(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const factors = high / low < 100 ? [1, 2, 5] : [1];
  const all = Array.from({ length: 40 }, (_, n) => 10 ** (Math.floor(Math.log10(low)) + n)).flatMap(power => factors.map(factor => power * factor));
  const ticks = all.slice(all.findLastIndex(tick => tick <= low), all.findIndex(tick => tick >= high) + 1);
  return axis(ticks[0], ticks.at(-1), ticks, Math.log10);
}

/** Whole numbers from the first to the last, of which as many are written as there is room for. */
export function counting(first, last, most) {
  const step = Math.max(1, roundStep((last - first) / most));
  const ticks = [first];
  for (let tick = Math.ceil((first + 1) / step) * step; tick <= last; tick += step) {
    ticks.push(tick);
  }
  return axis(first, last, ticks);
}
