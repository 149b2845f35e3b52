import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';

/** Leads from one page of many to its neighbours; null where all is on one. */
export function pager(page, perPage, total, go) {
  if (total <= perPage && page === 1) {
    return null;
  }
  const first = (page - 1) * perPage + 1;
  const button = (name, to, isThere) => el('button', {
    class: 'button', type: 'button', 'data-key': `page ${name}`, disabled: !isThere, onclick: () => {
      go(to);
      scrollTo(0, 0);
    },
  }, t(`feedback.${name}`));
  return el('nav', { class: 'pager', 'aria-label': t('feedback.pages') },
    button('newer', page - 1, page > 1),
    el('p', {}, t('feedback.range', { from: format.count(Math.min(first, total)), to: format.count(Math.min(page * perPage, total)), all: format.count(total) })),
    button('older', page + 1, page * perPage < total));
}
