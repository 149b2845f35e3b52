import { el } from '../dom.js';
import { translate } from '../strings.js';
import { addressOf, runsOf } from './address.js';
import { announceRuns } from './announcer.js';
import { Charts } from './charts.js';
import { Comparison } from './comparison.js';
import { ConnectionBanner } from './connection.js';
import { Feed } from './feed.js';
import { LineNumbers } from './linenumbers.js';
import { NewRun } from './newrun.js';
import { RunDetails } from './rundetails.js';
import { RunList } from './runlist.js';
import { RunPanel } from './runpanel.js';
import { Runs } from './runs.js';
import { Trouble } from './trouble.js';

// Numbers that change more often cannot be read.
const pause = 250;

/** Beside the list of all runs: a new one that is put together, or one, or several in comparison, as the address says. */
export class TrainView {
  #runs = new Runs();
  #feed = new Feed(this.#runs);
  #numbers = new LineNumbers();
  #chosen = null;
  #isWatching = false;
  #isToggling = false;
  #wantsFocus = false;
  #timer = null;
  #newRun = new NewRun(this.#runs, id => {
    location.hash = addressOf([id]);
  });
  #panel = new RunPanel();
  #comparison = new Comparison();
  #charts = new Charts();
  #details = new RunDetails();
  #list = new RunList((id, isChosen) => this.#toggle(id, isChosen));
  #trouble = new Trouble(this.#runs, () => this.#show());
  #loading = el('p', { class: 'loading', 'data-text': 'train.loading' });
  #start = el('a', { class: 'button primary', href: '#/train/new', 'data-text': 'train.new' });

  constructor(section) {
    section.setAttribute('aria-labelledby', 'train-title');
    section.append(
      el('header', { class: 'train-head' }, el('h1', { id: 'train-title', 'data-text': 'view.train' }), this.#start),
      new ConnectionBanner(this.#feed).element,
      el('div', { class: 'train-main' }, this.#loading, this.#trouble.element, this.#newRun.element, this.#panel.element, this.#comparison.element,
        this.#charts.element, this.#details.element),
      this.#list.element);
    translate(section);
    announceRuns(this.#runs);
    this.#runs.addEventListener('progress', () => this.#progress());
    this.#runs.addEventListener('change', () => this.#show());
    this.#feed.addEventListener('connection', () => {
      this.#trouble.forget();
      this.#show();
    });
    document.addEventListener('languagechange', () => this.#show());
    document.addEventListener('visibilitychange', () => this.#isWatching && !document.hidden && this.#runs.refresh());
    this.#show();
  }

  show(parameters, rest) {
    const wasShown = this.#isWatching && this.#chosen !== null;
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#feed.start();
      this.#runs.refresh();
    }
    if (rest === '') {
      this.#settle(parameters);
      return;
    }
    this.#chosen = runsOf(parameters, rest);
    this.#numbers.assign(this.#chosen);
    this.#trouble.forget();
    if (this.#chosen.length === 0) {
      this.#newRun.apply(parameters);
    }
    this.#wantsFocus = wasShown && !this.#isToggling;
    this.#isToggling = false;
    this.#show();
  }

  hide() {
    this.#isWatching = false;
    this.#feed.stop();
  }

  get #shown() {
    return (this.#chosen ?? []).map(id => ({ run: this.#runs.find(id), curve: this.#runs.curve(id), line: this.#numbers.all.get(id) }))
      .filter(({ run }) => run);
  }

  // Null as long as it is not settled what to show.
  get #head() {
    return [this.#newRun, this.#panel][this.#chosen?.length] ?? (this.#chosen && this.#comparison);
  }

  // Without a run in the address the one that trains is shown, or else a new one; with options of a new one, that.
  async #settle(parameters) {
    await this.#runs.refresh();
    if (/^#\/train\/?(\?|$)/.test(location.hash)) {
      const running = this.#runs.all?.find(run => run.status === 'running');
      location.replace(parameters.size > 0 ? `${addressOf([])}?${parameters}` : addressOf(running ? [running.id] : []));
    }
  }

  #toggle(id, isChosen) {
    this.#isToggling = true;
    const others = (this.#chosen ?? []).filter(other => other !== id);
    location.replace(addressOf(isChosen ? [...others, id] : others));
  }

  #progress() {
    this.#charts.show(this.#shown);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#show();
    }, pause);
  }

  #show() {
    this.#trouble.load(this.#chosen ?? []);
    const shown = this.#shown;
    const head = this.#head;
    const isReady = head === this.#newRun || shown.length > 0;
    for (const part of [this.#newRun, this.#panel, this.#comparison]) {
      part.element.hidden = part !== head || !isReady;
    }
    this.#start.hidden = head === this.#newRun;
    this.#loading.hidden = isReady || !this.#trouble.element.hidden;
    this.#charts.element.hidden = !shown.some(({ curve }) => curve?.last);
    this.#details.element.hidden = this.#panel.element.hidden;
    if (head === this.#panel && isReady) {
      this.#panel.show(shown[0].run, shown[0].curve);
      this.#details.show(shown[0].run);
    } else if (head === this.#comparison) {
      this.#comparison.show(shown);
    }
    this.#charts.show(shown);
    this.#list.show(this.#runs, this.#numbers.all);
    // A run that was just queued is heard of a moment later.
    if (this.#wantsFocus && isReady) {
      this.#wantsFocus = false;
      head.focus();
    }
  }
}
