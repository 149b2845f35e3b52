import { showDiagram } from '../diagram.js';
import { el, icon } from '../dom.js';
import * as format from '../format.js';
import { models } from '../models.js';
import { t } from '../strings.js';
import { activateButton, activeBadge, damagedBadge, downloadMenu, facts } from './parts.js';
import { comparisonOf, rollbackButton } from './verdict.js';
import { decimal, titleOf } from './words.js';

/** What the model is called, and what can be done with it. */
export function head(model, onRemove) {
  const isUsable = !model.error;
  const title = titleOf(model);
  const base = models.find(model.options?.base);
  return el('header', { class: 'page-head' },
    el('div', {},
      el('h1', { tabindex: '-1', 'data-key': 'title' }, title, model.isActive ? activeBadge() : null, isUsable ? null : damagedBadge()),
      el('p', { class: 'model-sub' }, ...[isUsable && model.name ? model.network : null, model.id === title ? null : model.id, isUsable ? format.moment(model.createdAt) : null]
        .filter(Boolean).map(part => el('span', {}, part)))),
    el('div', { class: 'page-actions' },
      isUsable && !model.isActive ? activateButton(model, 'button primary') : rollbackButton(model, 'button'),
      isUsable && base ? el('a', { class: 'button', href: comparisonOf(model.id, base.id) }, t('verdict.compare', { old: titleOf(base) })) : null,
      isUsable ? downloadMenu(model, false) : null,
      el('button', {
        class: 'button',
        type: 'button',
        'aria-disabled': model.isActive ? 'true' : null,
        'aria-description': model.isActive ? t('models.delete.active') : null,
        'data-tooltip': model.isActive ? t('models.delete.active') : null,
        onclick: onRemove,
      }, icon('clear'), t('models.delete'))));
}

/** What is measured of a model, in numbers. */
export function figures(model, evaluation) {
  const misread = evaluation && t('model.accuracy.hint', { count: format.count(evaluation.mistakes.length), all: format.count(evaluation.count) });
  return facts([
    [t('model.accuracy'), model.accuracy === null ? null : format.accuracy(model.accuracy), misread],
    [t('model.validation'), model.validationAccuracy === null ? null : format.accuracy(model.validationAccuracy), t('model.validation.hint')],
    [t('model.loss'), model.loss === null ? null : decimal(model.loss), t('model.loss.hint')],
    [t('model.ece'), evaluation && format.accuracy(evaluation.expectedCalibrationError), t('model.ece.hint')],
    [t('model.temperature'), decimal(model.temperature), t('model.temperature.hint')],
    [t('model.parameters'), format.count(model.parameters), t('model.parameters.hint')],
    [t('model.size'), format.bytes(model.size), t('model.size.hint')],
  ], 'page-figures');
}

/** The layers of the network. */
export function architecture(network) {
  const image = el('img', { alt: t('model.diagram', { network: network.name }) });
  showDiagram(image, network.name);
  return el('section', { class: 'panel', 'aria-labelledby': 'network-title' },
    el('h2', { id: 'network-title' }, t('new.network')),
    el('div', { class: 'diagram', tabindex: '0', role: 'region', 'aria-labelledby': 'network-title' }, image),
    el('p', { class: 'panel-hint', lang: 'en' }, network.source));
}
