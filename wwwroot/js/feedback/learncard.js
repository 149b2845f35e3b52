import { el } from '../dom.js';
import * as format from '../format.js';
import { titleOf } from '../models/words.js';
import { models } from '../models.js';
import { counted, t } from '../strings.js';
import { learn } from './learn.js';

/** The way from corrected pictures to a model that knows better, in one click; null where there are none to learn from. */
export function learnCard(count) {
  if (count === 0) {
    return null;
  }
  const hasModel = models.active?.error === null;
  const button = el('button', { class: 'button primary', type: 'button', 'data-key': 'learn', 'aria-disabled': hasModel ? null : 'true', onclick: run },
    counted('feedback.learn', count, { count: format.count(count) }));
  async function run() {
    button.setAttribute('aria-busy', 'true');
    await learn();
    button.removeAttribute('aria-busy');
  }
  return el('section', { class: 'learn-card', 'aria-label': t('feedback.learn.label') },
    el('p', {}, hasModel ? t('feedback.learn.hint', { model: titleOf(models.active) }) : t('feedback.noModel')),
    button);
}
