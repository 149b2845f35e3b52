import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { addressOf, mostRuns } from './address.js';
import * as figures from './figures.js';

const firstShown = 12;

/** All runs, each to look at, or to lay over the others. */
export class RunList {
  #list = el('ul', { class: 'run-list' });
  #empty = el('div', { class: 'run-empty', hidden: true },
    el('p', { 'data-text': 'runs.empty' }),
    el('a', { class: 'button', href: '#/train/new?network=lenet5&recipe=fast', 'data-text': 'runs.fast' }));
  #problem = el('p', { class: 'notice', hidden: true });
  #more = el('button', { class: 'text-button', type: 'button', hidden: true, onclick: () => this.#showAll() });
  #hint = el('p', { class: 'knob-hint', 'data-text': 'runs.hint' });
  #items = new Map();
  #isWhole = false;
  #toggled;
  #last = null;
  element = el('aside', { class: 'runs', 'aria-labelledby': 'runs-title' },
    el('h2', { id: 'runs-title', 'data-text': 'runs.title' }), this.#hint, this.#problem, this.#list, this.#more, this.#empty);

  /** @param {(id: string, isChosen: boolean) => void} toggled Told that a run is to be laid over the others, or is not any more. */
  constructor(toggled) {
    this.#toggled = toggled;
  }

  /** @param runs As in Runs. @param {Map<string, number>} chosen The runs that are shown, with the numbers of their colours. */
  show(runs, chosen) {
    this.#last = [runs, chosen];
    const all = runs.all ?? [];
    this.element.setAttribute('aria-busy', String(runs.all === null && runs.problem === null));
    this.#empty.hidden = runs.all === null || all.length > 0;
    this.#hint.hidden = all.length < 2;
    this.#problem.hidden = runs.problem === null || runs.problem.status === 0;
    setText(this.#problem, runs.problem?.detail || t('problem.broken.detail'));
    const shown = this.#isWhole ? all : all.filter((run, i) => i < firstShown || chosen.has(run.id));
    this.#more.hidden = shown.length === all.length;
    setText(this.#more, t('runs.all', { runs: format.count(all.length) }));
    const items = shown.map(run => this.#item(run));
    if (items.some((item, i) => this.#list.children[i] !== item.element) || this.#list.childElementCount !== items.length) {
      this.#list.replaceChildren(...items.map(({ element }) => element));
    }
    items.forEach((item, i) => this.#fill(item, shown[i], chosen));
  }

  #showAll() {
    this.#isWhole = true;
    this.show(...this.#last);
    this.#list.children[firstShown]?.querySelector('a, input')?.focus();
  }

  #item({ id }) {
    if (!this.#items.has(id)) {
      const parts = {
        check: el('input', { type: 'checkbox', onchange: () => this.#toggled(id, parts.check.checked) }),
        link: el('a', { href: addressOf([id]) }),
        name: el('span', { class: 'run-list-name' }),
        figure: el('span', { class: 'run-list-figure' }),
        status: el('span', { class: 'status' }),
        about: el('span', { class: 'run-list-about' }),
        fill: el('span', { class: 'run-bar-fill' }),
      };
      parts.bar = el('span', { class: 'run-bar', 'aria-hidden': 'true' }, parts.fill);
      parts.link.append(parts.name, parts.figure, parts.status, parts.about, parts.bar);
      parts.element = el('li', { class: 'run-item' }, el('label', { class: 'overlay' }, parts.check), parts.link);
      this.#items.set(id, parts);
    }
    return this.#items.get(id);
  }

  #fill({ element, check, link, name, figure, status, about, bar, fill }, run, chosen) {
    const line = chosen.get(run.id);
    element.className = `run-item${line ? ` line-${line}` : ''}`;
    check.checked = line !== undefined;
    check.disabled = !run.options || (line === undefined && chosen.size >= mostRuns);
    check.setAttribute('aria-label', t('runs.overlay', { run: figures.title(run) }));
    link.toggleAttribute('aria-current', line !== undefined && chosen.size === 1);
    const accuracy = run.result?.accuracy ?? figures.bestAccuracy(run);
    setText(name, figures.title(run));
    setText(figure, accuracy === null ? '' : format.accuracy(accuracy));
    figure.title = accuracy === null ? '' : t(run.result ? 'versus.test' : 'versus.validation');
    setText(status, [figures.status(run), run.name && run.network].filter(Boolean).join(' · '));
    status.dataset.status = run.status ?? 'damaged';
    const facts = [run.durationSeconds > 0 && run.status !== 'running' && format.duration(run.durationSeconds), run.createdAt && figures.day(run.createdAt)];
    // Between facts there may be a new line, and not within one.
    setText(about, facts.filter(Boolean).map(fact => fact.replaceAll(' ', '\u00a0')).join(' · '));
    bar.hidden = run.status !== 'running';
    fill.style.setProperty('--share', run.progress ? run.progress.step / run.progress.steps : 0);
  }
}
