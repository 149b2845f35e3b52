import { el, icon } from '../dom.js';
import { t } from '../strings.js';

/** The pictures whose files are damaged, with the reason of each; all that can be done with one is to delete it. */
export const damagedList = (damaged, remove) => el('section', { class: 'damaged', 'aria-labelledby': 'damaged-title' },
  el('h2', { id: 'damaged-title' }, icon('warning'), t('feedback.damaged')),
  el('ul', {}, ...damaged.map(({ id, error }) => el('li', { 'data-damaged': id },
    el('p', { lang: 'en' }, error),
    el('button', { class: 'button small', type: 'button', 'data-key': `delete ${id}`, onclick: () => remove(id) }, t('models.delete'))))));
