import { el, icon } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { activate } from './actions.js';
import { pathOf, titleOf } from './words.js';

/** Names and values: facts([['Loss', '0.0138', 'a hint']]). A value is a text or an element; without one, nothing is shown. */
export const facts = (rows, className) => el('dl', { class: className },
  ...rows.filter(([, value]) => value !== null && value !== undefined).map(([name, value, hint]) => el('div', {},
    el('dt', {}, name),
    el('dd', {}, value),
    hint ? el('dd', { class: 'fact-hint' }, hint) : null)));

/** What stands where there is nothing to list: why, and what can be done about it. */
export const state = (title, text, ...actions) => el('div', { class: 'models-state' },
  el('h2', {}, title), el('p', {}, text), el('div', { class: 'models-state-actions' }, ...actions));

/** Says which model answers, by its shape and word. */
export const activeBadge = () => el('span', { class: 'badge active' }, icon('check'), t('models.active'));

export const damagedBadge = () => el('span', { class: 'badge damaged' }, icon('warning'), t('models.damaged'));

export function activateButton(model, className) {
  const button = el('button', { class: className, type: 'button', 'data-key': `activate ${model.id}`, onclick: run }, t('models.activate'));
  async function run() {
    if (button.getAttribute('aria-busy') !== 'true') {
      button.setAttribute('aria-busy', 'true');
      await activate(model);
      button.removeAttribute('aria-busy');
    }
  }
  return button;
}

/** The files in which a model can be had. */
export function downloadMenu(model, isSmall) {
  const formats = [
    ['pth', t('models.download.pth', { size: format.bytes(model.size) })],
    ['onnx', t('models.download.onnx')],
    ['safetensors', t('models.download.safetensors')],
  ];
  const menu = el('details', { class: 'menu' },
    isSmall
      ? el('summary', { class: 'icon-button', 'aria-label': t('models.downloadOne', { model: titleOf(model) }), 'data-tooltip': t('models.download') }, icon('download'))
      : el('summary', { class: 'button' }, icon('download'), t('models.download')),
    el('ul', { class: 'menu-list' }, ...formats.map(([name, text]) => el('li', {},
      el('a', { href: pathOf(model.id, `/weights?format=${name}`), download: `${model.id}.${name}`, onclick: () => close() },
        el('span', { class: 'menu-name' }, `.${name}`), el('span', { class: 'menu-text' }, text))))));
  const close = () => menu.removeAttribute('open');
  menu.addEventListener('focusout', event => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) {
      close();
    }
  });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape' && menu.open) {
      event.preventDefault();
      close();
      menu.firstElementChild.focus();
    }
  });
  return menu;
}

// A menu is closed by whatever is pressed beside it.
document.addEventListener('pointerdown', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) {
      menu.removeAttribute('open');
    }
  }
});
