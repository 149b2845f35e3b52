import { el, icon } from '../dom.js';
import { labelOf, wordOf } from '../feedback.js';
import * as format from '../format.js';
import { counted, t } from '../strings.js';

/**
 * The pictures that two models read differently: those that are wrong now, and those that are right now.
 * @param told { images, nowRight, nowWrong, changes }; null where there are none to compare on.
 */
export function changes(kind, told) {
  const titled = { class: 'panel changes', 'aria-labelledby': `changes-${kind}` };
  const title = el('h2', { id: `changes-${kind}` }, t(`changes.${kind}`));
  if (told === null) {
    return el('section', titled, title, el('p', { class: 'panel-hint' }, t(`changes.${kind}.none`)));
  }
  const { images, nowRight, nowWrong, changes: all } = told;
  return el('section', titled, title,
    el('p', { class: 'panel-hint' }, counted(`changes.${kind}.hint`, images, { count: format.count(images) })),
    nowRight + nowWrong === 0 ? el('p', {}, t('changes.same')) : null,
    group('wrong', nowWrong, all.filter(change => !change.isRight)),
    group('right', nowRight, all.filter(change => change.isRight)));
}

const group = (name, count, shown) => (count === 0 ? null : el('div', { class: 'change-group', 'data-change': name },
  el('h3', {}, icon(name === 'right' ? 'check' : 'close'), counted(`changes.${name}`, count, { count: format.count(count) })),
  shown.length < count ? el('p', { class: 'panel-hint' }, t('changes.first', { shown: format.count(shown.length) })) : null,
  el('ul', { class: 'change-list' }, ...shown.map(card))));

function card({ index, actual, before, after, image }) {
  const [shows, was, is] = [actual, before.digit, after.digit].map(digit => wordOf(labelOf(digit)));
  return el('li', { class: 'change' }, el('figure', {},
    image === null ? null : el('img', { src: image, width: 28, height: 28, alt: t('changes.alt', { shows, was, is }) }),
    el('figcaption', { 'aria-hidden': 'true' },
      el('span', { class: 'change-pair' }, el('span', { class: 'change-before' }, sign(before)), ' → ', el('span', { class: 'change-after' }, sign(after))),
      el('span', { class: 'change-confidence' }, [before, after].filter(({ confidence }) => confidence !== null).map(({ confidence }) => format.share(confidence)).join(' → ')),
      el('span', { class: 'change-shows' }, t('changes.shows', { shows })),
      index === null ? null : el('span', { class: 'change-number' }, t('mistakes.number', { index })))));
}

const sign = ({ digit }) => (digit === null ? '?' : String(digit));
