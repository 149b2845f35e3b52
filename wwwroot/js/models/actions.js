import { toast } from '../announce.js';
import { ApiProblem, request } from '../api.js';
import { confirm } from '../dialog.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { pathOf, reasonOf, titleOf } from './words.js';

/** Lets a model answer from now on, here and everywhere, and offers to go back to the one that answered before. */
export async function activate(model) {
  const before = models.active;
  if (!await succeeds(() => request(pathOf(model.id, '/activate'), { method: 'POST' }))) {
    return;
  }
  const isWayBack = before !== null && before.id !== model.id && !before.error;
  const goBack = { text: isWayBack ? t('models.goBack', { model: titleOf(before) }) : '', run: () => activate(before) };
  toast(t('models.activated', { model: titleOf(model) }), isWayBack ? goBack : null);
}

/** Deletes a model, if that is what is wanted. Whether it is gone. */
export async function remove(model) {
  if (model.isActive) {
    toast(t('models.delete.active'));
    return false;
  }
  const named = { model: titleOf(model), id: model.id };
  if (!await confirm(t('models.delete.title', named), t('models.delete.text', named), t('models.delete'))
    || !await succeeds(() => request(pathOf(model.id), { method: 'DELETE' }))) {
    return false;
  }
  toast(t('models.delete.done', named));
  return true;
}

// Whatever became of it, what is shown is what there is afterwards.
async function succeeds(change) {
  try {
    await change();
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) {
      throw error;
    }
    toast(reasonOf(error));
    return false;
  } finally {
    await models.changed().catch(() => {});
  }
}
