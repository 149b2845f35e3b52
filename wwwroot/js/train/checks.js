import * as format from '../format.js';
import { t } from '../strings.js';
import { allImages, knobs, parseNumber } from './knobs.js';

const plain = value => (Number.isInteger(value) ? format.count(value) : String(value));

/** What a knob accepts, in words. */
export function accepted({ least, most, above, below }) {
  if (above !== undefined) {
    return below === undefined ? t('accepts.aboveTo', { above, most: plain(most) }) : t('accepts.within', { above, below });
  }
  if (below !== undefined) {
    return t('accepts.below', { least, below });
  }
  return most === undefined ? t('accepts.least', { least }) : t('accepts.between', { least: plain(least), most: plain(most) });
}

/** A text of the form as the knob's value. @returns {{value, problem: string | null}} */
export function read(knob, text) {
  if (knob.choices) {
    return { value: text, problem: null };
  }
  if (knob.isOptional && text.trim() === '') {
    return { value: null, problem: null };
  }
  const value = parseNumber(text);
  if (Number.isNaN(value) || (knob.isWhole && !Number.isInteger(value))) {
    return { value, problem: t(knob.isWhole ? 'field.whole' : 'field.number', { accepted: accepted(knob) }) };
  }
  const fits = value >= (knob.least ?? -Infinity) && value <= (knob.most ?? Number.MAX_VALUE)
    && value > (knob.above ?? -Infinity) && value < (knob.below ?? Infinity);
  return { value, problem: fits ? null : t('field.range', { accepted: accepted(knob) }) };
}

/** What is wrong with values that are each in their range: a Map of the knobs' names to sentences. */
export function contradictions(values) {
  const found = new Map();
  const images = imagesOf(values);
  const rest = Math.min(values.images, allImages) - values.validationSize;
  if (2 * values.replicas > values.batchSize) {
    found.set('replicas', t('field.replicas', { most: Math.floor(values.batchSize / 2), size: values.batchSize }));
  }
  if (values.validationSize >= values.images) {
    found.set('validationSize', t('field.validationSize', { images: plain(values.images), most: plain(values.images - 1) }));
  } else if (values.trainSize > rest) {
    found.set('trainSize', t('field.trainSize', { most: format.count(rest) }));
  } else if (images < 2 * values.replicas) {
    found.set(values.trainSize === null ? 'validationSize' : 'trainSize', t('field.tooFew', { least: 2 * values.replicas }));
  }
  if (values.validationSize === 0 && values.earlyStopping > 0) {
    found.set('earlyStopping', t('field.nothingHeldOut'));
  }
  if (values.schedule === 'cycles' && values.earlyStopping > 0) {
    found.set('earlyStopping', t('field.cyclesEnd'));
  }
  if (values.schedule === 'cycles' && values.epochs < 2) {
    found.set('epochs', t('field.cyclesEpochs'));
  }
  if (values.validationSize === 0 && values.schedule === 'plateau') {
    found.set('schedule', t('field.nothingHeldOut'));
  }
  return found;
}

/** How many images a run learns from; `images` are those of its dataset, MNIST's where nothing is said. */
export const imagesOf = ({ trainSize, validationSize, images = allImages }) => trainSize ?? images - validationSize;

/** A recipe's options for a dataset of so many images, as the service fits them: at most a sixth of them is held out. */
export function fittedTo(images, recipe) {
  const validationSize = Math.min(recipe.validationSize, Math.floor(images / 6));
  return { ...recipe, validationSize, trainSize: recipe.trainSize === null ? null : Math.min(recipe.trainSize, images - validationSize) };
}

/** How many pictures an epoch has: those images, what is drawn for them, and pictures of no digit. */
export const picturesOf = options =>
  Math.round(imagesOf(options) * (1 + options.drawnDigits + options.nonDigits));

/**
 * How many batches an epoch has; a last one of too few images for all replicas is left out. What is drawn joins the
 * images' batches, and adds none.
 */
export const batchesOf = options =>
  Math.floor((imagesOf(options) + options.batchSize - 2 * options.replicas) / options.batchSize);

/** The knob that a refusal of the service begins with: 'epochs is 0; accepted: …'; null if it begins otherwise. */
export const knobOf = detail => knobs.find(({ name }) => detail.startsWith(`${name} is `))?.name ?? null;
