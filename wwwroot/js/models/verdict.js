import { request } from '../api.js';
import { el, icon } from '../dom.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { activate, rollback } from './actions.js';
import { addressOf, pathOf, titleOf } from './words.js';

/** A model measured beside another: on the test images, on the corrected pictures that neither has learned from, and what changed. */
export const compare = (id, other) => request(pathOf(id, `/comparison?${new URLSearchParams({ with: other })}`));

/** The address where two models stand side by side. */
export const comparisonOf = (id, other) => `${addressOf(id)},${encodeURIComponent(other)}`;

/**
 * Which of two models should answer, and why; with the buttons that see to it.
 * @param told As in compare.
 * @param more A link to more, or null.
 */
export function verdictPanel({ model: side, with: other, recommendation, canActivate }, more = null) {
  const model = models.find(side.id);
  const [title, old] = [nameOf(side), nameOf(other)];
  const isActive = model?.isActive ?? false;
  const { verdict, reason } = recommendation;
  return el('section', { class: 'verdict-panel', 'data-verdict': verdict, 'data-active': isActive ? '' : null, 'aria-labelledby': `verdict-${side.id}` },
    el('div', { class: 'verdict-words' },
      el('h2', { id: `verdict-${side.id}`, tabindex: '-1', 'data-key': 'verdict' },
        isActive || verdict !== 'undecided' ? icon(isActive || verdict === 'activate' ? 'check' : 'warning') : null,
        isActive ? t('verdict.active', { model: title }) : t(`verdict.${verdict}`, { model: title, old })),
      el('p', { lang: 'en' }, reason),
      !isActive && !canActivate ? el('p', { class: 'verdict-refusal' }, t('verdict.refused')) : null),
    el('div', { class: 'verdict-actions' },
      ...(isActive ? inUse(model) : model ? choice(model, old, canActivate) : []), more));
}

const inUse = model => [
  el('a', { class: 'button primary', href: '#/draw', 'data-key': 'draw' }, t('result.draw')),
  rollbackButton(model, 'button'),
];

const choice = (model, old, canActivate) => [
  canActivate
    ? pressed('button primary', 'activate', t('verdict.run', { model: titleOf(model) }), () => activate(model))
    : pressed('button danger', 'activate', t('models.activateAnyway'), () => activate(model, { isForced: true })),
  el('a', { class: 'button', href: '#/models', 'data-key': 'keep' }, t('verdict.keepOld', { old })),
];

/** Lets the model answer again that did before this one; null where there is none. */
export function rollbackButton(model, className) {
  const before = model.previous ? models.find(model.previous) : null;
  return before && pressed(`${className} rollback`, `rollback ${model.id}`, t('models.rollback', { model: titleOf(before) }), rollback);
}

function pressed(className, key, text, act) {
  const button = el('button', { class: className, type: 'button', 'data-key': key, title: text, onclick: run }, text);
  async function run() {
    if (button.getAttribute('aria-busy') !== 'true') {
      button.setAttribute('aria-busy', 'true');
      await act();
      button.removeAttribute('aria-busy');
    }
  }
  return button;
}

const nameOf = side => titleOf(models.find(side.id) ?? side);
