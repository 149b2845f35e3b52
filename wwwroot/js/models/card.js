import { el, icon } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { remove } from './actions.js';
import { activateButton, activeBadge, damagedBadge, downloadMenu, facts } from './parts.js';
import { rollbackButton } from './verdict.js';
import { addressOf, runAddressOf, titleOf } from './words.js';

/**
 * A model in the list.
 * @param compare { has, isFull, toggle(id, isChosen) }, or null where there is nothing to compare it with.
 */
export function modelCard(model, compare) {
  const title = titleOf(model);
  const isUsable = !model.error;
  return el('li', { class: 'model-card', 'data-model': model.id, 'data-state': model.error ? 'damaged' : model.isActive ? 'active' : 'usable' },
    el('div', { class: 'model-head' },
      isUsable && compare ? compareBox(model, compare) : null,
      el('div', { class: 'model-name' },
        el('h2', {},
          el('a', { href: addressOf(model.id), 'data-key': model.id }, title),
          isUsable ? null : damagedBadge(),
          model.isActive ? activeBadge() : null),
        el('p', { class: 'model-sub' }, ...[isUsable && model.name ? model.network : null, model.id === title ? null : model.id]
          .filter(Boolean).map(part => el('span', {}, part))))),
    isUsable ? figures(model) : el('p', { class: 'model-error', lang: 'en' }, model.error),
    el('div', { class: 'model-actions' },
      isUsable && !model.isActive ? activateButton(model, 'button small') : rollbackButton(model, 'button small'),
      isUsable ? downloadMenu(model, true) : null,
      deleteButton(model)));
}

function figures(model) {
  const origin = model.runId
    ? el('a', { class: 'model-run', href: runAddressOf(model.runId), title: model.runId }, t('models.fromRun'))
    : el('span', { class: 'model-run' }, t('models.imported'));
  return facts([
    [t('model.accuracy'), model.accuracy === null ? t('model.unknown') : format.accuracy(model.accuracy)],
    [t('model.parameters'), format.count(model.parameters)],
    [t('model.size'), format.bytes(model.size)],
    [t('model.created'), format.moment(model.createdAt), origin],
  ], 'model-figures');
}

function compareBox(model, compare) {
  const isChosen = compare.has(model.id);
  const box = el('input', {
    type: 'checkbox',
    checked: isChosen,
    disabled: !isChosen && compare.isFull,
    'aria-label': t('models.compareOne', { model: titleOf(model) }),
    'data-key': `compare ${model.id}`,
    onchange: () => compare.toggle(model.id, box.checked),
  });
  return el('label', { class: 'model-compare', 'data-tooltip': t('models.compare.run') }, box);
}

function deleteButton(model) {
  return el('button', {
    class: 'icon-button',
    type: 'button',
    'aria-label': t('models.deleteOne', { model: titleOf(model) }),
    'aria-disabled': model.isActive ? 'true' : null,
    'aria-description': model.isActive ? t('models.delete.active') : null,
    'data-tooltip': t('models.delete'),
    onclick: () => remove(model),
  }, icon('clear'));
}
