import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { facts } from './parts.js';
import { decimal, duration, percent, runAddressOf } from './words.js';

const optimizers = { sgd: 'SGD', momentum: 'SGD, momentum', adam: 'Adam', adamW: 'AdamW' };

/** With what the model was made, in plain words; and why there are no curves, if there are none. */
export function options(model, hasCurves) {
  const why = model.runId === null ? 'imported' : 'gone';
  return el('section', { class: 'panel', 'aria-labelledby': 'options-title' },
    el('h2', { id: 'options-title' }, t('options.title')),
    hasCurves ? null : el('p', { class: 'panel-hint' }, t(`curves.${why}`, { run: model.runId })),
    facts([...(model.options ? trained(model, model.options) : []), ...always(model)], 'option-list'));
}

function trained(model, options) {
  const orOff = value => (value === 0 ? t('options.off') : decimal(value));
  return [
    [t('options.epochs'), model.epochs === null || model.epochs === options.epochs
      ? format.count(options.epochs)
      : t('options.epochs.of', { done: format.count(model.epochs), all: format.count(options.epochs) })],
    [t('model.duration'), model.durationSeconds === null ? null : duration(model.durationSeconds)],
    [t('options.batchSize'), format.count(options.batchSize)],
    [t('options.optimizer'), optimizers[options.optimizer] ?? options.optimizer],
    [t('options.learningRate'), decimal(options.learningRate)],
    [t('options.momentum'), options.momentum === 0 ? null : decimal(options.momentum)],
    [t('options.schedule'), t(`options.schedule.${options.schedule}`)],
    [t('options.augmentation'), augmentation(options.augmentation)],
    [t('options.weightDecay'), orOff(options.weightDecay)],
    [t('options.labelSmoothing'), orOff(options.labelSmoothing)],
    [t('options.gradientClipping'), orOff(options.gradientClipping)],
    [t('options.earlyStopping'), options.earlyStopping === 0 ? t('options.off') : t('options.earlyStopping.after', { count: format.count(options.earlyStopping) })],
    [t('options.trainSize'), options.trainSize === null ? t('options.all') : format.count(options.trainSize)],
    [t('options.validationSize'), format.count(options.validationSize)],
    [t('options.seed'), String(options.seed)],
    [t('options.replicas'), format.count(options.replicas)],
  ];
}

const always = model => [
  [t('options.normalization'), t(`import.normalization.${model.normalization}`)],
  [t('options.preprocess'), t(`settings.${model.preprocess}`)],
  [t('model.created'), format.moment(model.createdAt)],
  [t('options.versions'), `DigitService ${model.versions.digitService.split('+')[0]}, libtorch ${model.versions.torch}, ${model.versions.dotnet}, ${model.versions.os}`],
  [t('options.sha256'), el('code', {}, model.sha256)],
];

function augmentation(options) {
  const parts = [
    ['rotation', options.rotation, decimal],
    ['translation', options.translation, decimal],
    ['scale', options.scale, percent],
    ['shear', options.shear, decimal],
    ['elastic', options.elasticStrength, decimal],
  ].filter(([, value]) => value !== 0).map(([name, value, write]) => t(`options.${name}`, { value: write(value) }));
  return parts.length > 0 ? parts.join(', ') : t('options.off');
}
