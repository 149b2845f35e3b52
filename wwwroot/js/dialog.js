import { el, icon } from './dom.js';
import { t } from './strings.js';

let opened = 0;

/**
 * Shows content in a dialog that keeps the focus inside, closes on Escape, on its button and on a click beside it, and
 * gives the focus back. A form of method 'dialog' in the content closes it too.
 * @returns {Promise<string>} The value of the button that closed it; '' if it was closed otherwise.
 */
export function openDialog(title, ...content) {
  const opener = document.activeElement;
  const heading = el('h2', { id: `dialog-title-${++opened}` }, title);
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': heading.id },
    el('div', { class: 'dialog-head' },
      heading,
      el('button', { class: 'icon-button', type: 'button', 'aria-label': t('close'), onclick: () => dialog.close('') }, icon('close'))),
    el('div', { class: 'dialog-body' }, ...content));
  // A text that is selected inside may let go of the mouse outside.
  let pressed = null;
  dialog.addEventListener('pointerdown', event => {
    pressed = event.target;
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog && pressed === dialog) {
      dialog.close('');
    }
  });
  // What it is about is not shown any more.
  const leave = () => dialog.close('');
  addEventListener('hashchange', leave);
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('[autofocus]')?.focus();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    removeEventListener('hashchange', leave);
    dialog.remove();
    opener?.focus?.();
    resolve(dialog.returnValue);
  }));
}

/** A button that closes its dialog; not one that submits, as Enter in a field would press the first of those. */
export const cancelButton = () =>
  el('button', { class: 'button', type: 'button', autofocus: true, onclick: event => event.target.closest('dialog').close('') }, t('cancel'));

/** Asks before something that cannot be undone; a picture shows what it is about. */
export async function confirm(title, text, action, picture = null) {
  const answer = await openDialog(title, el('form', { method: 'dialog', class: 'dialog-form' },
    picture,
    el('p', {}, text),
    el('div', { class: 'dialog-actions' },
      cancelButton(),
      el('button', { class: 'button danger', value: 'yes' }, action))));
  return answer === 'yes';
}
