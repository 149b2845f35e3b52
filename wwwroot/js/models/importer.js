import { toast } from '../announce.js';
import { ApiProblem, request } from '../api.js';
import { openDialog } from '../dialog.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { activate } from './actions.js';
import { ImportForm } from './importform.js';
import { reasonOf, titleOf } from './words.js';

let open = null;

/** Asks for weights, what they are and how they read, and brings them to the service; a file that was dropped is taken. */
export async function openImport(file = null) {
  if (open !== null) {
    open.take(file);
    return;
  }
  const flight = new AbortController();
  open = new ImportForm(file, form => send(form, flight.signal));
  const answer = await openDialog(t('import.title'), open.element);
  open = null;
  if (answer === '') {
    flight.abort();
  }
}

async function send(form, signal) {
  try {
    const model = await request('models', { method: 'POST', body: form.content, signal, onSent: share => form.showSent(share) });
    form.close();
    await models.changed().catch(() => {});
    toast(
      t('import.done', { model: titleOf(model), accuracy: format.accuracy(model.accuracy) }),
      { text: t('models.activate'), run: () => activate(model) });
  } catch (error) {
    if (error instanceof ApiProblem) {
      form.showProblem(fieldOf(error), reasonOf(error));
    } else if (error.name !== 'AbortError') {
      throw error;
    }
  }
}

// The service's sentence begins with what is wrong; whatever else it is, is wrong with the file.
function fieldOf(problem) {
  const starts = [
    [/does not fit the network|^There is no network/, 'network'],
    [/^name\b/, 'name'],
    [/^normalization\b/, 'normalization'],
    [/^The file\b/, 'file'],
  ];
  return starts.find(([start]) => start.test(problem.detail))?.[1] ?? 'form';
}
