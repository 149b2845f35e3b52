import { announce, toast } from '../announce.js';
import { feedback } from '../feedback.js';
import { runAddressOf } from '../models/words.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { complain } from './complain.js';

let isAsking = false;

/** Lets the active model learn from the corrected pictures, and goes to where that is watched. */
export async function learn() {
  if (isAsking) {
    return;
  }
  isAsking = true;
  try {
    await models.refresh();
    if (models.active === null) {
      toast(t('feedback.noModel'));
      return;
    }
    const { id } = await feedback.learn(models.active.id);
    announce(t('run.queued.said'));
    location.hash = runAddressOf(id);
  } catch (problem) {
    complain(problem);
  } finally {
    isAsking = false;
  }
}
