import { toast } from '../announce.js';
import { ApiProblem, request } from '../api.js';
import { confirm } from '../dialog.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { pathOf, reasonOf, titleOf } from './words.js';

const conflict = 409;

/**
 * Lets a model answer from now on, here and everywhere, and offers to go back to the one that answered before. One that
 * reads the test images worse than the one that it comes from is refused, unless that is known and wanted.
 */
export async function activate(model, { isForced = false } = {}) {
  const before = models.active;
  const anyway = { text: t('models.activateAnyway'), run: () => activate(model, { isForced: true }) };
  const isRefused = problem => !isForced && problem.status === conflict && Boolean(model.options?.base);
  if (!await succeeds(
    () => request(pathOf(model.id, `/activate${isForced ? '?force=true' : ''}`), { method: 'POST' }),
    problem => (isRefused(problem) ? anyway : null))) {
    return;
  }
  const isWayBack = before !== null && before.id !== model.id && !before.error;
  const goBack = { text: isWayBack ? t('models.goBack', { model: titleOf(before) }) : '', run: rollback };
  toast(t('models.activated', { model: titleOf(model) }), isWayBack ? goBack : null);
}

/** Lets the model answer again that did before the active one. */
export async function rollback() {
  if (await succeeds(() => request('models/rollback', { method: 'POST' })) && models.active) {
    toast(t('models.activated', { model: titleOf(models.active) }));
  }
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
async function succeeds(change, offer = () => null) {
  try {
    await change();
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) {
      throw error;
    }
    toast(reasonOf(error), offer(error));
    return false;
  } finally {
    await models.changed().catch(() => {});
  }
}
