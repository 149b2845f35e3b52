/** MNIST's training images: those to learn from and those held out together. */
export const allImages = 60_000;

const number = (name, group, limits) => ({ name, group, ...limits });
const whole = (name, group, least, most) => ({ name, group, least, most, isWhole: true });
const choice = (name, group, ...choices) => ({ name, group, choices });

/** All that can be set for a run, in the order of the form. The service has the same limits, and the last word. */
export const knobs = [
  whole('epochs', 'basics', 1, 1_000),
  whole('batchSize', 'basics', 2, 10_000),
  number('learningRate', 'basics', { above: 0, most: 10 }),
  choice('optimizer', 'basics', 'sgd', 'momentum', 'adam', 'adamW'),
  { ...number('momentum', 'basics', { above: 0, below: 1 }), when: values => values.optimizer === 'momentum', usual: 0.9 },

  choice('schedule', 'steps', 'none', 'step', 'plateau', 'cosine', 'oneCycle', 'cycles'),
  number('weightDecay', 'steps', { least: 0, most: 1 }),
  number('gradientClipping', 'steps', { least: 0 }),
  number('labelSmoothing', 'steps', { least: 0, below: 1 }),
  number('weightAveraging', 'steps', { least: 0, below: 1 }),
  whole('earlyStopping', 'steps', 0, 1_000),

  whole('validationSize', 'data', 0, 59_990),
  { ...whole('trainSize', 'data', 10, allImages), isOptional: true },
  number('drawnDigits', 'data', { least: 0, most: 1 }),
  { ...number('nonDigits', 'data', { above: 0, most: 1 }), when: values => values.tellsDigits },
  choice('normalization', 'data', 'mnist', 'unit', 'symmetric'),
  whole('seed', 'data', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  whole('replicas', 'data', 1, 64),

  number('rotation', 'augmentation', { least: 0, most: 180 }),
  number('translation', 'augmentation', { least: 0, most: 28 }),
  number('scale', 'augmentation', { least: 0, most: 0.9 }),
  number('shear', 'augmentation', { least: 0, most: 60 }),
  number('elasticStrength', 'augmentation', { least: 0, most: 10 }),
  number('elasticSmoothness', 'augmentation', { least: 1, most: 28 }),
  number('degradation', 'augmentation', { least: 0, most: 1 }),
  number('gentle', 'augmentation', { least: 0, most: 1 }),
  number('gentleAfter', 'augmentation', { least: 0, most: 1 }),
];

const off = { rotation: 0, translation: 0, scale: 0, shear: 0, elasticStrength: 0, elasticSmoothness: 5, degradation: 0, gentle: 0, gentleAfter: 0 };
const affine = { ...off, rotation: 10, translation: 2, scale: 0.1, shear: 8 };

/** The service's augmentations by name. */
export const augmentations = {
  none: off,
  slight: { ...off, rotation: 8, translation: 1, scale: 0.08, shear: 5 },
  affine,
  elastic: { ...affine, elasticStrength: 1.1 },
  world: { ...off, rotation: 12, translation: 2, scale: 0.15, shear: 12, elasticStrength: 1.2, degradation: 0.7, gentle: 0.5 },
};

/**
 * Options of the service as flat values: those of the augmentation beside the others, and whether their network tells
 * digits from all else, as all do that learn from pictures of no digit, and no others.
 */
export const flatten = ({ augmentation, ...options }) => ({ ...options, ...augmentation, tellsDigits: options.nonDigits > 0 });

/** Flat values as the body of POST /train; what does not apply is left out. */
export function toRequest(values) {
  const used = knobs.filter(knob => values[knob.name] !== null && (knob.when?.(values) ?? true));
  const of = group => used.filter(group).map(({ name }) => [name, values[name]]);
  return {
    ...Object.fromEntries(of(knob => knob.group !== 'augmentation')),
    augmentation: Object.fromEntries(of(knob => knob.group === 'augmentation')),
  };
}

/** A text as a number, however its digits and thousands are written: '５，０００', '1e-3'; NaN if it is none. */
export function parseNumber(text) {
  const plain = text.normalize('NFKC').trim();
  const joined = /^\d{1,3}([, ']\d{3})+$/.test(plain) ? plain.replace(/[, ']/g, '') : plain;
  return joined === '' ? NaN : Number(joined);
}
