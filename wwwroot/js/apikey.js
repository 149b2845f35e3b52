import { cancelButton, openDialog } from './dialog.js';
import { el } from './dom.js';
import { t } from './strings.js';

/** Asks for the API key; says why if the last one was refused. The key, or '' if none was given. */
export async function apiKeyDialog(refusal) {
  const field = el('input', { class: 'field', type: 'password', id: 'api-key', autocomplete: 'off', required: true, autofocus: true });
  const answer = await openDialog(t('key.title'), el('form', { method: 'dialog', class: 'dialog-form' },
    el('p', {}, t('key.why')),
    refusal ? el('p', { class: 'notice', role: 'alert' }, refusal) : null,
    el('label', { for: 'api-key' }, t('key.label')),
    field,
    el('div', { class: 'dialog-actions' },
      cancelButton(),
      el('button', { class: 'button primary', value: 'yes' }, t('key.use')))));
  return answer === 'yes' ? field.value : '';
}
