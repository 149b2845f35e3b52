import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import * as figures from './figures.js';

const columns = ['run', 'status', 'validation', 'test', 'loss', 'epochs', 'duration'];

/** Several runs beside each other, in numbers. */
export class Comparison {
  #title = el('h2', { id: 'versus-title', tabindex: '-1' });
  #body = el('tbody');
  element = el('article', { class: 'comparison', 'aria-labelledby': 'versus-title' },
    this.#title,
    el('div', { class: 'side-scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'versus-title' },
      el('table', { class: 'number-table' },
        el('thead', {}, el('tr', {}, ...columns.map(name => el('th', { scope: 'col', 'data-text': `versus.${name}` }, t(`versus.${name}`))))),
        this.#body)));

  focus() {
    this.#title.focus();
  }

  /** @param shown Each { id, run, curve, line }; the run is null as long as it is not known. */
  show(shown) {
    this.#title.textContent = t('versus.title', { runs: shown.length });
    this.#body.replaceChildren(...shown.filter(({ run }) => run).map(each => this.#row(each)));
  }

  #row({ run, line }) {
    const best = figures.bestAccuracy(run);
    const last = run.epochs?.at(-1);
    const cells = [
      figures.status(run),
      best === null ? '–' : format.accuracy(best),
      run.result ? format.accuracy(run.result.accuracy) : '–',
      last ? figures.loss(last.validationLoss ?? last.trainLoss) : '–',
      `${format.count(run.epochs?.length ?? 0)} / ${format.count(run.options?.epochs ?? 0)}`,
      run.durationSeconds ? format.duration(run.durationSeconds) : '–',
    ];
    return el('tr', {},
      el('th', { scope: 'row' }, el('span', { class: `swatch line-${line}` }),
        el('a', { href: `#/train/${encodeURIComponent(run.id)}` }, figures.title(run)), el('span', { class: 'run-id' }, format.moment(run.createdAt))),
      ...cells.map(cell => el('td', {}, cell)));
  }
}
