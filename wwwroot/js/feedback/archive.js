import { announce } from '../announce.js';
import { download, request } from '../api.js';
import { openDialog } from '../dialog.js';
import { el, icon, setText } from '../dom.js';
import * as format from '../format.js';
import { percent } from '../models/words.js';
import { counted, t } from '../strings.js';
import { complain } from './complain.js';

const fileName = 'feedback.zip';
/** As many reasons as the service gives. */
const mostReasons = 1000;

/** Brings the pictures here as a ZIP, all of them or those that are looked at. */
export function exportButton(filters, count) {
  const isSome = Object.keys(filters).length > 0;
  const button = el('button', { class: 'button', type: 'button', 'data-key': 'export', onclick: run },
    icon('download'), isSome ? t('feedback.exportSome', { count: format.count(count) }) : t('feedback.export'));
  async function run() {
    button.setAttribute('aria-busy', 'true');
    try {
      // A link could not send the key.
      const url = URL.createObjectURL(await download(`feedback/export?${new URLSearchParams(filters)}`));
      el('a', { href: url, download: fileName }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (problem) {
      complain(problem);
    }
    button.removeAttribute('aria-busy');
  }
  return button;
}

/** Asks for a ZIP. */
export function importButton(take) {
  const input = el('input', { type: 'file', id: 'feedback-file', accept: '.zip,application/zip', hidden: true, onchange: () => {
    take(input.files[0]);
    // The same file can be chosen again.
    input.value = '';
  } });
  return el('span', { class: 'import-archive' }, input, el('button', {
    class: 'button', type: 'button', 'data-key': 'import', 'aria-description': t('feedback.import.hint'), onclick: () => input.click(),
  }, icon('import'), t('models.import')));
}

/** Sends a ZIP, and tells what became of its entries. */
export async function importArchive(file) {
  const progress = el('p', { role: 'status' });
  const bar = el('progress', { class: 'progress', max: 1, value: 0 });
  const content = el('div', { class: 'import-report' }, el('p', {}, file.name), bar, progress);
  const flight = new AbortController();
  const closed = openDialog(t('feedback.import.title'), content);
  closed.then(() => {
    flight.abort();
    // The button that opened it was drawn anew meanwhile.
    document.querySelector('[data-key="import"]')?.focus();
  });
  try {
    const report = await request('feedback/import', { method: 'POST', body: file, signal: flight.signal, onSent: share => {
      bar.value = share;
      setText(progress, share < 1 ? t('import.sending', { share: percent(Math.floor(share * 100) / 100) }) : t('feedback.import.reading'));
    } });
    content.replaceChildren(...reportOf(report));
    content.querySelector('.dialog-actions button').focus();
    announce(summaryOf(report));
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      content.closest('dialog')?.close('');
      complain(problem);
    }
  }
}

function reportOf(report) {
  const { skipped, reasons } = report;
  return [
    el('dl', { class: 'import-figures' }, ...['added', 'corrected', 'unchanged', 'skipped'].map(name => el('div', { 'data-figure': name },
      el('dt', {}, t(`feedback.import.${name}`)), el('dd', {}, format.count(report[name]))))),
    skipped > 0 ? el('p', { class: 'field-hint' }, skipped > mostReasons
      ? t('feedback.import.first', { shown: format.count(mostReasons) }) : t('feedback.import.why')) : null,
    skipped > 0 ? el('ul', { class: 'import-reasons', tabindex: '0' }, ...reasons.map(({ name, reason }) => el('li', {},
      el('code', {}, name), el('p', { lang: 'en' }, reason)))) : null,
    skipped > 0 ? el('p', { class: 'field-hint' }, t('feedback.import.hint')) : null,
    el('div', { class: 'dialog-actions' },
      el('button', { class: 'button primary', type: 'button', onclick: event => event.target.closest('dialog').close('') }, t('close'))),
  ].filter(Boolean);
}

const summaryOf = ({ added, skipped }) => [
  counted('feedback.import.said', added, { count: format.count(added) }),
  skipped > 0 ? t('feedback.import.saidSkipped', { count: format.count(skipped) }) : '',
].join(' ');
