import { el, icon } from '../dom.js';
import { labels, wordOf } from '../feedback.js';
import { t } from '../strings.js';

/** What an address asks for: { label, predicted, wrong }, of which those are left out that it does not name. */
export function filtersOf(parameters) {
  const chosen = ['label', 'predicted'].map(name => [name, parameters.get(name)]).filter(([, value]) => labels.includes(value));
  return { ...Object.fromEntries(chosen), ...parameters.get('wrong') === 'true' ? { wrong: 'true' } : {} };
}

/** Where the pictures are chosen that are looked at; beside it, how many those are. */
export function filterBar(filters, choose, count) {
  const select = name => {
    const field = el('select', { class: 'field', id: `filter-${name}`, 'data-key': `filter ${name}`, onchange: () => choose({ [name]: field.value }) },
      el('option', { value: '' }, t('feedback.any')), ...labels.map(label => el('option', { value: label }, wordOf(label))));
    field.value = filters[name] ?? '';
    return el('div', { class: 'filter' },
      el('label', { class: 'setting-name', for: field.id }, t(`feedback.${name}`)),
      el('span', { class: 'select' }, field, icon('down')));
  };
  const wrong = el('input', { type: 'checkbox', checked: filters.wrong === 'true', 'data-key': 'filter wrong', onchange: () => choose({ wrong: wrong.checked ? 'true' : '' }) });
  return el('div', { class: 'filters', role: 'group', 'aria-label': t('feedback.filters') },
    select('label'), select('predicted'),
    el('label', { class: 'check' }, wrong, t('feedback.wrong')),
    el('p', { class: 'filter-count', role: 'status' }, count));
}
