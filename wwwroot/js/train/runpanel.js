import { announce } from '../announce.js';
import { request } from '../api.js';
import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { titleOf } from '../models/words.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { addressOfAnother } from './address.js';
import { catalogue } from './catalogue.js';
import * as figures from './figures.js';
import { Progress } from './progress.js';
import { ResultCard } from './result.js';
import { RunVerdict } from './runverdict.js';

/** A run: where it stands, how far it is, how well it does, and what can be done with it. */
export class RunPanel {
  #title = el('h2', { id: 'run-title', tabindex: '-1' });
  #status = el('p', { class: 'status' });
  #about = el('p', { class: 'run-about' });
  #progress = new Progress();
  #result = new ResultCard();
  #verdict = new RunVerdict();
  #notice = el('p', { class: 'notice', hidden: true });
  #problem = el('p', { class: 'notice', role: 'alert', hidden: true });
  #cancel = el('button', { class: 'button', type: 'button', 'data-text': 'cancel', onclick: () => this.#ask('cancel') });
  #resume = el('button', { class: 'button primary', type: 'button', 'data-text': 'run.resume', onclick: () => this.#ask('resume') });
  #again = el('a', { class: 'button', 'data-text': 'run.again' });
  #figures = el('dl', { class: 'tiles-row' });
  #run = null;
  #recipes = new Map();
  element = el('article', { class: 'run', 'aria-labelledby': 'run-title' },
    el('header', { class: 'run-head' },
      el('div', {}, el('div', { class: 'run-name-row' }, this.#title, this.#status), this.#about),
      el('div', { class: 'run-actions' }, this.#cancel, this.#resume, this.#again)),
    this.#progress.element, this.#notice, this.#problem, this.#result.element, this.#verdict.element, this.#figures);

  constructor() {
    catalogue().then(({ networks, recipesOf }) => {
      this.#recipes = new Map(networks.map(({ name }) => [name, recipesOf(name)[0].options]));
    }, () => {});
  }

  focus() {
    this.#title.focus();
  }

  /** @param curve Its loss curve; null as long as it is not here. */
  show(run, curve) {
    const before = this.#run;
    this.#run = run;
    if (before?.id !== run.id) {
      this.#problem.hidden = true;
    }
    setText(this.#title, figures.title(run));
    setText(this.#status, figures.status(run));
    this.#status.dataset.status = run.status ?? 'damaged';
    const { base, data } = run.options ?? {};
    const { learned, heldOut } = run.feedback ?? {};
    const facts = [run.name ? run.network : null, base ? t('run.from', { model: this.#nameOf(base) }) : null,
      data ? t('run.data', { data }) : null,
      learned === undefined ? null : t('run.learned', { learned: format.count(learned), heldOut: format.count(heldOut) }), run.createdAt && format.moment(run.createdAt),
      run.durationSeconds && run.status !== 'running' ? format.duration(run.durationSeconds) : null, run.id];
    setText(this.#about, facts.filter(fact => fact && fact !== figures.title(run)).join(' · '));
    this.#progress.show(run);
    this.#showNotice();
    this.#result.show(run);
    this.#verdict.show(run);
    this.#showFigures(curve);
    this.#showActions();
  }

  #nameOf(base) {
    const model = models.find(base);
    if (!models.isKnown) {
      models.refresh().catch(() => {});
    }
    return model ? titleOf(model) : base;
  }

  #showActions() {
    const { status, canResume, options } = this.#run;
    const focused = document.activeElement;
    this.#cancel.hidden = status !== 'queued' && status !== 'running';
    this.#resume.hidden = !canResume;
    // The form has no place for what a run goes on from, and for pictures that people have corrected.
    this.#again.hidden = !options || Boolean(options.base || options.feedback);
    if (!this.#again.hidden) {
      this.#again.href = addressOfAnother(options, this.#recipes.get(options.network) ?? {});
    }
    if (focused?.hidden && this.element.contains(focused)) {
      this.focus();
    }
  }

  #showNotice() {
    const { status, reason, error, epochs } = this.#run;
    const epoch = epochs?.length ?? 0;
    const advice = !status ? t('run.damaged.advice')
      : status === 'failed' || status === 'cancelled' || status === 'interrupted' ? t(`run.${status}.${epoch === 0 ? 'start' : 'advice'}`, { epoch }) : null;
    const sentences = [reason, error, advice].filter(Boolean);
    this.#notice.hidden = sentences.length === 0;
    this.#notice.classList.toggle('calm', status === 'cancelled' && !reason && !error);
    setText(this.#notice, sentences.join(' '));
  }

  #showFigures(curve) {
    const { status, options, epochs, progress } = this.#run;
    const last = epochs?.at(-1);
    const best = figures.bestAccuracy(this.#run);
    const tiles = [
      ['loss', curve?.last ? figures.loss(curve.smooth(0.95).at(-1)) : null, t('tile.loss.more')],
      ['training', last && format.accuracy(last.trainAccuracy), last && t('tile.training.more', { epoch: last.epoch })],
      ['validation', best === null ? null : format.accuracy(best), best === null ? null : t('tile.validation.more', { epoch: this.#run.bestEpoch })],
      ['rate', progress && figures.short(progress.learningRate), options && t(`schedule.${options.schedule}`)],
    ].filter(([name]) => name !== 'rate' || status === 'running');
    this.#figures.hidden = !curve?.last;
    if (this.#figures.childElementCount !== tiles.length) {
      this.#figures.replaceChildren(...tiles.map(([name]) => el('div', { class: 'figure-tile' },
        el('dt', { 'data-text': `tile.${name}` }, t(`tile.${name}`)), el('dd', {}), el('dd', { class: 'figure-more' }))));
    }
    tiles.forEach(([, value, more], i) => {
      const [, number, note] = this.#figures.children[i].children;
      setText(number, value ?? '–');
      setText(note, more ?? '');
    });
  }

  async #ask(action) {
    const { id } = this.#run;
    this.#problem.hidden = true;
    try {
      await request(`runs/${encodeURIComponent(id)}/${action}`, { method: 'POST' });
      announce(t(`run.${action}.said`));
    } catch (problem) {
      setText(this.#problem, problem.detail || t(problem.status === 0 ? 'problem.away.detail' : 'problem.broken.detail'));
      this.#problem.hidden = false;
    }
  }
}
