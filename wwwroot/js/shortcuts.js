import { openDialog } from './dialog.js';
import { el } from './dom.js';
import { recall, remember } from './storage.js';
import { t } from './strings.js';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);
const registered = [];

/**
 * @param {string} keys As in 'Ctrl+Shift+Z', '[' or 'Delete'; Ctrl is ⌘ on a Mac.
 * @param {string?} text The key of the string that says what it does; null for a second way, which help leaves out.
 * @param {string} view The view in which it works; everywhere if it is left out.
 * @param {{ shown?: string, isOn?: () => boolean }} options What help shows instead of it, where one line is for several;
 * and whether it works at the moment.
 */
export function shortcut(keys, text, action, view, { shown = keys, isOn = () => true } = {}) {
  registered.push({ keys, text, action, view, shown, isOn });
}

const here = () => registered.filter(({ view, isOn }) => isOn() && (view === undefined || view === document.documentElement.dataset.view));

/** A key combination as it is written on this system. */
export function spell(keys) {
  const names = isMac ? { Ctrl: '⌘', Shift: '⇧', Delete: '⌫', Escape: 'Esc' } : { Delete: 'Del', Escape: 'Esc' };
  return keys.split('+').map(key => names[key] ?? key);
}

const singleKeys = () => recall('singleKeys') !== 'off';

function matches(event, keys) {
  const parts = keys.split('+');
  const key = parts.at(-1);
  const control = isMac ? event.metaKey : event.ctrlKey;
  // What a character needs Shift for differs between keyboards: '?' is '?' wherever it is.
  const shift = key.length > 1 || /[a-z]/i.test(key) ? event.shiftKey === parts.includes('Shift') : true;
  const pressed = key === 'Delete' && event.key === 'Backspace' ? 'Delete' : event.key;
  return pressed.toLowerCase() === key.toLowerCase() && control === parts.includes('Ctrl') && shift && !event.altKey;
}

function press(event) {
  const typing = event.target.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select');
  if (typing || event.defaultPrevented || document.querySelector('dialog[open]')) {
    return;
  }
  const found = here().find(({ keys }) => matches(event, keys));
  if (found && (found.keys.length > 1 || singleKeys())) {
    event.preventDefault();
    found.action();
  }
}

function help() {
  const rows = here().filter(({ text }) => text !== null).map(({ shown, text }) => el('div', {},
    el('dt', {}, t(text)),
    el('dd', {}, ...spell(shown).map(key => el('kbd', {}, key)))));
  const pen = [['keys.move', '← ↑ → ↓'], ['keys.penDown', t('keys.space')], ['keys.fine', `${spell('Shift')[0]} ←`]].map(([text, keys]) =>
    el('div', {}, el('dt', {}, t(text)), el('dd', {}, ...keys.split(' ').map(key => el('kbd', {}, key)))));
  // Speech input types characters: whoever uses it can switch off what a single one does.
  const single = el('input', { type: 'checkbox', checked: singleKeys(), onchange: () => remember('singleKeys', single.checked ? null : 'off') });
  openDialog(t('help'),
    el('dl', { class: 'keys' }, ...rows),
    el('h3', {}, t('help.pen')),
    el('dl', { class: 'keys' }, ...pen),
    el('label', { class: 'check' }, single, t('help.single')));
}

/** Listens to the keyboard; the button shows what there is to press. */
export function startShortcuts(button) {
  shortcut('?', 'help', help);
  for (const tool of document.querySelectorAll('[data-keys]')) {
    tool.dataset.spelled = spell(tool.dataset.keys).join(' ');
    tool.setAttribute('aria-keyshortcuts', tool.dataset.keys.replace('Ctrl', isMac ? 'Meta' : 'Control'));
  }
  for (const keys of document.querySelectorAll('kbd[data-spell]')) {
    keys.textContent = spell(keys.dataset.spell).join(' ');
  }
  button.addEventListener('click', help);
  addEventListener('keydown', press);
}
