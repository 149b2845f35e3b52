import { ApiProblem, request } from '../api.js';
import { openDialog } from '../dialog.js';
import { el } from '../dom.js';
import * as format from '../format.js';
import { replaceParameters } from '../router.js';
import { counted, t } from '../strings.js';
import { pathOf, reasonOf } from './words.js';

/** As many as the service gives at once. */
const most = 1000;

const digit = text => (/^\d$/.test(text ?? '') ? Number(text) : undefined);

/** The pair of digits that an address names, or null. */
export function pairOf(parameters) {
  const pair = { actual: digit(parameters.get('actual')), predicted: digit(parameters.get('predicted')) };
  return pair.actual === undefined || pair.predicted === undefined ? null : pair;
}

/** Shows the digits behind a cell of the confusion matrix, { actual, predicted }, or all that were misread: {}. */
export async function openMistakes(model, evaluation, { actual, predicted }) {
  const isPair = actual !== undefined;
  const all = isPair ? evaluation.confusionMatrix[actual][predicted] : evaluation.mistakes.length;
  const content = el('div', { class: 'mistakes', 'aria-busy': 'true' }, el('p', { role: 'status' }, t('mistakes.waiting')));
  const flight = new AbortController();
  replaceParameters({ actual: isPair ? String(actual) : '', predicted: isPair ? String(predicted) : '' });
  fill(content, model, { limit: most, ...(isPair ? { actual, predicted } : {}) }, all, flight.signal);
  await openDialog(isPair ? t('mistakes.pair', { actual, predicted }) : t('mistakes.all'), content);
  flight.abort();
  replaceParameters({ actual: '', predicted: '' });
}

async function fill(content, model, query, all, signal) {
  try {
    const mistakes = await request(pathOf(model.id, `/mistakes?${new URLSearchParams(query)}`), { signal });
    const shown = mistakes.length < all
      ? t('mistakes.first', { shown: format.count(mistakes.length), count: format.count(all) })
      : counted('mistakes', all, { count: format.count(all) });
    content.replaceChildren(
      el('p', { class: 'panel-hint', role: 'status' }, shown),
      el('ul', { class: 'mistake-list' }, ...mistakes.map(card)));
  } catch (error) {
    if (error instanceof ApiProblem) {
      content.replaceChildren(el('p', { class: 'notice', role: 'alert' }, reasonOf(error)));
    } else if (!signal.aborted) {
      throw error;
    }
  } finally {
    content.setAttribute('aria-busy', 'false');
  }
}

function card({ index, actual, predicted, confidence, image }) {
  const said = format.confidence(confidence);
  return el('li', { class: 'mistake' }, el('figure', {},
    el('img', { src: image, width: 28, height: 28, alt: t('mistakes.alt', { index, actual, predicted, confidence: said }) }),
    el('figcaption', { 'aria-hidden': 'true' },
      el('span', { class: 'mistake-pair' }, `${actual} → ${predicted}`),
      el('span', {}, said),
      el('span', { class: 'mistake-number' }, t('mistakes.number', { index })))));
}
