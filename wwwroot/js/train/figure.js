import { el, setText } from '../dom.js';
import { t } from '../strings.js';
import { Plot } from './plot.js';

/** The value of a line at a place on the x axis: that of its last point up to there; null before its first. */
function valueAt({ x, y }, place) {
  let found = null;
  for (let i = 0; i < x.length && x[i] <= place; i++) {
    found = y[i] ?? found;
  }
  return found;
}

/** A chart with its name, and a legend that tells every line's latest value, or its value at the place pointed at. */
export class Figure {
  element;
  #plot;
  #host;
  #name;
  #axes;
  #legend = el('ul', { class: 'curve-legend' });
  #place = el('p', { class: 'curve-place' });
  #lines = [];
  #at = null;

  /** @param {string} name The string that names it. @param axes As for Plot. */
  constructor(name, axes) {
    this.#name = name;
    this.#axes = axes;
    this.#host = el('div', { class: 'plot', tabindex: '0', role: 'img' });
    this.element = el('figure', { class: `curve curve-${name}` },
      el('figcaption', {}, el('h3', { 'data-text': `chart.${name}` }, t(`chart.${name}`)), this.#place), this.#legend, this.#host);
    this.#plot = new Plot(this.#host, axes, place => {
      this.#at = place;
      this.#tell();
    });
  }

  /** @param lines As for Plot, each with a label as well; those without are not in the legend. @param summary All of it in words. */
  draw(lines, frame, summary) {
    const labelled = lines.filter(({ label }) => label);
    if (labelled.map(({ key }) => key).join() !== this.#lines.map(({ key }) => key).join() || this.#legend.childElementCount !== labelled.length) {
      this.#legend.replaceChildren(...labelled.map(({ colour, dash }) => el('li', {},
        el('span', { class: `swatch ${colour.replace('--chart-', 'line-')}${dash ? ' dashed' : ''}` }), el('span', { class: 'curve-label' }), el('span', { class: 'curve-value' }))));
    }
    this.#lines = labelled;
    this.#host.setAttribute('aria-label', summary);
    this.#plot.draw(lines, frame);
    this.#tell();
  }

  #tell() {
    setText(this.#place, this.#at === null ? '' : `${this.#axes.x()} ${this.#axes.xValue(this.#at)}`);
    this.#lines.forEach((line, i) => {
      const [, label, value] = this.#legend.children[i].children;
      const shown = this.#at === null ? line.y.findLast(each => each !== null) : valueAt(line, this.#at);
      setText(label, line.label);
      setText(value, shown === undefined || shown === null ? '' : this.#axes.yValue(shown));
    });
  }
}
