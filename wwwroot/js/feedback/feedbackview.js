import { announce, toast } from '../announce.js';
import { ApiProblem } from '../api.js';
import { confirm } from '../dialog.js';
import { el, icon } from '../dom.js';
import { feedback, labelOf, wordOf } from '../feedback.js';
import * as format from '../format.js';
import { attachDrop } from '../models/drop.js';
import { state } from '../models/parts.js';
import { reasonOf } from '../models/words.js';
import { models } from '../models.js';
import { replaceParameters } from '../router.js';
import { counted, t } from '../strings.js';
import { exportButton, importArchive, importButton } from './archive.js';
import { complain } from './complain.js';
import { damagedList } from './damaged.js';
import { filterBar, filtersOf } from './filters.js';
import { learnCard } from './learncard.js';
import { pager } from './pager.js';
import { sampleCard } from './samplecard.js';

const perPage = 48;

const told = () => JSON.stringify([feedback.isEnabled, feedback.count, models.all.map(({ id, name, isActive }) => [id, name, isActive])]);

/** All corrected pictures in pages, the newest first, or those to which all applies that is in the address. */
export class FeedbackView {
  #root;
  #filters = {};
  #page = 1;
  #told = null;
  #problem = null;
  #asked = 0;
  #shown = '';
  #isShown = false;

  constructor(section) {
    this.#root = section;
    section.classList.add('models-face');
    attachDrop(section, file => this.#import(file), 'feedback.drop');
    document.addEventListener('languagechange', () => this.#isShown && this.render());
    models.addEventListener('change', () => this.#update());
    feedback.addEventListener('change', () => this.#update());
  }

  show(parameters) {
    this.#isShown = true;
    this.#filters = filtersOf(parameters);
    this.#page = Math.max(1, Number(parameters.get('page')) || 1);
    this.render();
    this.read();
    models.refresh().catch(() => {});
  }

  hide() {
    this.#isShown = false;
  }

  /** Asks again for what is looked at. */
  async read() {
    const asked = ++this.#asked;
    const [told, problem] = await feedback.list({ ...this.#filters, page: this.#page, limit: perPage })
      .then(answer => [answer, null], error => [null, error]);
    if (problem !== null && !(problem instanceof ApiProblem)) {
      throw problem;
    }
    if (asked === this.#asked) {
      this.#told = told;
      this.#problem = problem;
      await feedback.refresh().catch(() => {});
      this.render();
    }
  }

  // Drawn anew if something is not as it was: not under the hands of somebody who is about to choose.
  #update() {
    if (this.#isShown && told() !== this.#shown) {
      this.render();
    }
  }

  render() {
    this.#shown = told();
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.dataset.key;
    this.#root.replaceChildren(...this.#head(), ...this.#body());
    if (focused) {
      (this.#root.querySelector(`[data-key="${CSS.escape(key ?? '')}"]`) ?? this.#root.querySelector('h1')).focus({ preventScroll: true });
    }
  }

  #head() {
    const isSome = feedback.isEnabled && this.#told !== null && feedback.count > 0;
    return [el('header', { class: 'models-head' },
      el('h1', { tabindex: '-1' }, t('view.feedback')),
      el('div', { class: 'feedback-actions' },
        feedback.isEnabled ? importButton(file => this.#import(file)) : null,
        isSome ? exportButton(this.#filters, this.#told.total) : null,
        isSome ? el('button', { class: 'button', type: 'button', 'data-key': 'delete all', onclick: () => this.#deleteAll() }, icon('clear'), t('feedback.deleteAll')) : null))];
  }

  #body() {
    if (!feedback.isEnabled) {
      return [state(t('feedback.off'), t('feedback.off.detail'))];
    }
    if (this.#told === null) {
      return [this.#problem === null
        ? el('p', { class: 'models-waiting', role: 'status' }, t('feedback.waiting'))
        : state(t('model.problem'), reasonOf(this.#problem), el('button', { class: 'button', type: 'button', onclick: () => this.read() }, t('model.again')))];
    }
    const { total, samples, damaged } = this.#told;
    if (feedback.count === 0) {
      return [state(t('feedback.empty'), t('feedback.empty.detail'),
        el('a', { class: 'button primary', href: '#/draw' }, t('draw.title')))];
    }
    const isFiltered = Object.keys(this.#filters).length > 0;
    return [
      learnCard(feedback.count - damaged.length),
      damaged.length > 0 ? damagedList(damaged, id => this.#delete(id, t('feedback.delete.damaged', { id: id.slice(0, 8) }))) : null,
      filterBar(this.#filters, filters => this.#choose({ ...filters, page: '' }), isFiltered
        ? t('feedback.of', { count: format.count(total), all: format.count(feedback.count) }) : counted('feedback.count', total, { count: format.count(total) })),
      total === 0 && isFiltered ? state(t('feedback.none'), t('feedback.none.detail'),
        el('button', { class: 'button', type: 'button', onclick: () => this.#choose({ label: '', predicted: '', wrong: '', page: '' }) }, t('feedback.all'))) : null,
      el('ul', { class: 'sample-list' }, ...samples.map(sample => sampleCard(sample, {
        relabel: label => this.#relabel(sample, label),
        remove: () => this.#delete(sample.id, t('feedback.delete.title', { label: wordOf(labelOf(sample.label)) }), sample),
      }))),
      pager(this.#page, perPage, total, page => this.#choose({ page: page === 1 ? '' : String(page) })),
    ].filter(Boolean);
  }

  #choose(changes) {
    replaceParameters(changes);
    this.show(new URLSearchParams(location.hash.split('?')[1]));
  }

  // What does not fit the filters any more stays in sight until something else is looked at.
  async #relabel(sample, label) {
    try {
      Object.assign(sample, await feedback.relabel(sample.id, label));
      announce(t('feedback.relabelled', { label: wordOf(label) }));
    } catch (problem) {
      complain(problem);
    }
    this.render();
  }

  async #delete(id, title, sample = null) {
    const picture = sample && el('img', { class: 'sample-input', src: sample.input, alt: '' });
    if (await confirm(title, t('feedback.delete.text'), t('models.delete'), picture)) {
      await this.#change(() => feedback.delete(id), () => t('feedback.deleted'));
    }
  }

  async #deleteAll() {
    const all = format.count(feedback.count);
    if (await confirm(counted('feedback.deleteAll.title', feedback.count, { count: all }), t('feedback.deleteAll.text'), t('feedback.deleteAll'))) {
      await this.#change(() => feedback.deleteAll(), ({ deleted }) => counted('feedback.deletedAll', deleted, { count: format.count(deleted) }));
    }
  }

  async #import(file) {
    if (feedback.isEnabled) {
      await importArchive(file);
      await this.read();
    }
  }

  // Whatever became of it, what is shown is what there is afterwards; a page that is empty then leads to the one before.
  async #change(change, said) {
    try {
      toast(said(await change()));
    } catch (problem) {
      complain(problem);
    }
    await this.read();
    if (this.#page > 1 && this.#told?.samples.length === 0) {
      this.#choose({ page: this.#page === 2 ? '' : String(this.#page - 1) });
    }
  }
}
