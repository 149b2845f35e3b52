import { announce } from '../announce.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { title } from './figures.js';

const worthSaying = ['running', 'completed', 'failed', 'cancelled', 'interrupted'];

/** Says when runs begin and end, and nothing in between. */
export function announceRuns(runs) {
  let known = new Map();
  runs.addEventListener('change', () => {
    const before = known;
    known = new Map((runs.all ?? []).map(run => [run.id, run.status]));
    for (const run of runs.all ?? []) {
      if (before.has(run.id) && before.get(run.id) !== run.status && worthSaying.includes(run.status)) {
        announce(t(`run.${run.status}.said`, { run: title(run), accuracy: run.result ? format.accuracy(run.result.accuracy) : '' }));
        if (run.modelId) {
          models.refresh().catch(() => {});
        }
      }
    }
  });
}
