import { colour, rem } from './palette.js';

// To where there is something to tell.
const snap = (chart, left) => (left < 0 || chart.data[0].length === 0 ? left : chart.valToPos(chart.data[0][chart.posToIdx(left)], 'x'));

const isRound = value => [1, 2, 5].includes(Number(value.toExponential()[0]));

/**
 * Lines over numbers, drawn by uPlot, which grow with their data and follow the theme and the size of their place.
 * Whoever moves over it, or presses an arrow key in it, is told of the place on the x axis.
 */
export class Plot {
  #host;
  #axes;
  #moved;
  #lines = [];
  #frame = {};
  #chart = null;
  #shape = '';

  /**
   * @param {HTMLElement} host An element with a height of its own.
   * @param {{x: Function, y: Function, xValue: Function, yValue: Function}} axes The axes' names and their numbers as texts.
   * @param {(x: number | null) => void} moved Told of the place that is pointed at; null when that ends.
   */
  constructor(host, axes, moved) {
    this.#host = host;
    this.#axes = axes;
    this.#moved = moved;
    new ResizeObserver(() => this.#resize()).observe(host);
    document.addEventListener('schemechange', () => this.#rebuild());
    document.addEventListener('languagechange', () => this.#rebuild());
    host.addEventListener('keydown', event => this.#press(event));
    host.addEventListener('blur', () => this.#point(-10));
  }

  /**
   * @param lines Each { key, colour, dash, width, isPale, hasPoints, x, y }, drawn in this order.
   * @param {{end: number, isLog: boolean, range: Function}} frame Where the x axis ends, and how the y axis is divided.
   */
  draw(lines, frame) {
    this.#lines = lines;
    this.#frame = frame;
    const shape = JSON.stringify([lines.map(({ key, colour, dash, width, isPale, hasPoints }) => [key, colour, dash, width, isPale, hasPoints]), frame.isLog]);
    if (shape === this.#shape && this.#chart !== null) {
      this.#chart.setData(this.#data());
    } else {
      this.#shape = shape;
      this.#rebuild();
    }
  }

  #data() {
    const tables = this.#lines.map(({ x, y }) => [x, y]);
    return tables.length === 0 ? [[]] : uPlot.join(tables);
  }

  #rebuild() {
    this.#chart?.destroy();
    this.#chart = null;
    if (this.#shape !== '' && this.#host.clientWidth > 0) {
      this.#chart = new uPlot(this.#options(), this.#data(), this.#host);
    }
  }

  #resize() {
    if (this.#chart === null) {
      this.#rebuild();
    } else if (this.#host.clientWidth > 0) {
      this.#chart.setSize({ width: this.#host.clientWidth, height: this.#host.clientHeight });
    }
  }

  #options() {
    const size = rem();
    const { isLog, range } = this.#frame;
    const font = `${0.75 * size}px ${getComputedStyle(this.#host).fontFamily}`;
    const axis = (label, values, more) => ({
      stroke: () => colour('--quiet'), font, labelFont: font, label, labelSize: 1.125 * size, labelGap: 0, gap: 0.25 * size,
      grid: { stroke: () => colour('--chart-grid'), width: 1, ...isLog ? { filter: (_, splits) => splits.map(split => (isRound(split) ? split : null)) } : {} }, ticks: { show: false },
      values: (_, splits) => splits.map(split => (split === null ? '' : values(split))), ...more,
    });
    return {
      width: this.#host.clientWidth,
      height: this.#host.clientHeight,
      padding: [0.5 * size, 1.25 * size, 0, 0],
      legend: { show: false },
      cursor: { y: false, move: (chart, left, top) => [snap(chart, left), top], drag: { x: false, y: false }, points: { size: 0.5 * size }, focus: { prox: -1 } },
      scales: {
        x: { time: false, range: () => [0, Math.max(1, this.#frame.end)] },
        y: isLog ? { distr: 3 } : { range: (_, least, most) => range(least, most) },
      },
      axes: [
        axis(this.#axes.x(), this.#axes.xValue, { size: 1.5 * size, space: 4.5 * size, incrs: [1, 2, 5].flatMap(n => [0, 1, 2, 3, 4, 5, 6].map(e => n * 10 ** e)).sort((a, b) => a - b) }),
        axis(this.#axes.y(), this.#axes.yTick ?? this.#axes.yValue, { size: (_, texts) => Math.max(3, 0.5 + 0.45 * Math.max(0, ...(texts ?? []).map(text => text.length))) * size, space: 2.25 * size }),
      ],
      series: [{}, ...this.#lines.map(line => ({
        stroke: () => colour(line.colour), width: (line.width ?? 2) * size / 16, alpha: line.isPale ? 0.3 : 1, dash: line.dash, spanGaps: true,
        points: { show: Boolean(line.hasPoints), size: 0.4375 * size, fill: () => colour(line.colour) },
      }))],
      hooks: { setCursor: [chart => this.#tell(chart)] },
    };
  }

  #tell(chart) {
    const isInside = chart.cursor.left >= 0 && chart.cursor.idx !== null;
    this.#moved(isInside ? chart.data[0][chart.cursor.idx] : null);
  }

  #point(left) {
    this.#chart?.setCursor({ left, top: left < 0 ? left : 1 });
  }

  #press(event) {
    const chart = this.#chart;
    const last = (chart?.data[0].length ?? 0) - 1;
    const now = chart?.cursor.left >= 0 ? chart.cursor.idx : null;
    const step = Math.max(1, Math.round(last / 100));
    const next = {
      ArrowRight: now === null ? 0 : Math.min(last, now + step), ArrowLeft: now === null ? last : Math.max(0, now - step), Home: 0, End: last,
    }[event.key];
    if (next !== undefined && last >= 0) {
      event.preventDefault();
      this.#point(chart.valToPos(chart.data[0][next], 'x'));
    } else if (event.key === 'Escape') {
      this.#point(-10);
    }
  }
}
