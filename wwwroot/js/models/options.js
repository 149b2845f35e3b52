import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { facts } from './parts.js';
import { addressOf, decimal, percent } from './words.js';

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
    [t('knob.epochs'), model.epochs === null || model.epochs === options.epochs
      ? format.count(options.epochs)
      : t('options.epochs.of', { done: format.count(model.epochs), all: format.count(options.epochs) })],
    [t('options.base'), options.base ? el('a', { href: addressOf(options.base) }, options.base) : null],
    [t('options.baseShare'), options.baseShare > 0 ? percent(options.baseShare) : null],
    [t('options.data'), options.data ?? null],
    [t('model.duration'), model.durationSeconds === null ? null : format.duration(model.durationSeconds)],
    [t('knob.batchSize'), format.count(options.batchSize)],
    [t('knob.optimizer'), t(`optimizer.${options.optimizer}`)],
    [t('knob.learningRate'), decimal(options.learningRate)],
    [t('knob.momentum'), options.momentum === 0 ? null : decimal(options.momentum)],
    [t('knob.schedule'), t(`schedule.${options.schedule}`)],
    [t('new.augmentation'), augmentation(options.augmentation)],
    [t('knob.weightDecay'), orOff(options.weightDecay)],
    [t('knob.labelSmoothing'), orOff(options.labelSmoothing)],
    [t('knob.weightAveraging'), orOff(options.weightAveraging)],
    [t('knob.gradientClipping'), orOff(options.gradientClipping)],
    [t('knob.earlyStopping'), options.earlyStopping === 0 ? t('options.off') : t('options.earlyStopping.after', { count: format.count(options.earlyStopping) })],
    [t('knob.trainSize'), options.trainSize === null ? t('knob.trainSize.none') : format.count(options.trainSize)],
    [t('knob.drawnDigits'), orOff(options.drawnDigits)],
    [t('knob.nonDigits'), options.nonDigits === 0 ? null : decimal(options.nonDigits)],
    [t('knob.validationSize'), format.count(options.validationSize)],
    [t('knob.seed'), String(options.seed)],
    [t('knob.replicas'), format.count(options.replicas)],
  ];
}

const always = model => [
  [t('knob.normalization'), t(`normalization.${model.normalization}`)],
  [t('settings.preprocess'), t(`settings.${model.preprocess}`)],
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
    ['degradation', options.degradation, percent],
    ['gentle', options.gentle ?? 0, percent],
    ['gentleAfter', options.gentleAfter ?? 0, percent],
  ].filter(([, value]) => value !== 0).map(([name, value, write]) => t(`options.${name}`, { value: write(value) }));
  return parts.length > 0 ? parts.join(', ') : t('options.off');
}
