import { t } from '../strings.js';
import { batchesOf } from './checks.js';
import { title } from './figures.js';

const training = '--chart-1';
const validation = '--chart-2';
const dashes = [6, 4];
// The dots of more epochs than these would run into each other.
const mostDots = 40;
// The raw curves and the training images of more runs than these would cover all else.
export const mostDetailed = 3;

const colourOf = ({ line }) => `--chart-${line}`;
const positive = (values, isLog) => (isLog ? values.map(value => (value > 0 ? value : null)) : values);
// How many images another dataset had, and how many corrected pictures there were, only the steps tell.
const batchesIn = (run, curve) => run.progress?.batches
  ?? (run.options.data || run.options.base ? Math.floor(curve.last / run.epochs.length) : batchesOf(run.options));
const stepsOf = (run, curve) => run.epochs.map(({ epoch }) => epoch * batchesIn(run, curve));
const epochsOf = run => run.epochs.map(({ epoch }) => epoch);

/** What runs are called beside each other: those of the same name by their ids as well. */
function labels(shown) {
  const titles = shown.map(({ run }) => title(run));
  return titles.map((each, i) => (titles.indexOf(each) === titles.lastIndexOf(each) ? each : `${each} · ${shown[i].run.id}`));
}

/** The loss of every batch, raw and smoothed, and of the validation images after every epoch. */
export function lossLines(shown, decay, isLog) {
  const isAlone = shown.length === 1;
  const names = labels(shown);
  const curves = shown.map((each, i) => ({ ...each, name: names[i] })).filter(({ curve }) => curve?.last);
  const raw = ({ run, curve, line }) => ({ key: `raw ${run.id}`, colour: isAlone ? training : colourOf({ line }), width: 1, isPale: true, x: curve.steps, y: positive(curve.loss, isLog) });
  const smooth = ({ run, curve, line, name }) => ({
    key: run.id, label: isAlone ? t('line.training') : name, colour: isAlone ? training : colourOf({ line }),
    x: curve.steps, y: positive(curve.smooth(decay), isLog),
  });
  const held = isAlone ? curves.filter(({ run }) => run.epochs.some(({ validationLoss }) => validationLoss !== null)) : [];
  return [
    ...decay > 0 && curves.length <= mostDetailed ? curves.map(raw) : [],
    ...curves.map(smooth),
    ...held.map(({ run, curve }) => ({
      key: 'validation', label: t('line.validation'), colour: validation, hasPoints: run.epochs.length <= mostDots,
      x: stepsOf(run, curve), y: positive(run.epochs.map(({ validationLoss }) => validationLoss), isLog),
    })),
  ];
}

/** The share of images read right after every epoch. Beside others, the colour is the run's, and training images are dashed. */
export function accuracyLines(shown) {
  const isAlone = shown.length === 1;
  const names = labels(shown);
  return shown.flatMap(({ run, line }, i) => {
    if (!run.epochs?.length) {
      return [];
    }
    const own = colourOf({ line });
    const trained = {
      key: `training ${run.id}`, label: isAlone ? t('line.training') : '', colour: isAlone ? training : own, dash: isAlone ? undefined : dashes,
      width: isAlone ? 2 : 1.25, hasPoints: isAlone && run.epochs.length <= mostDots, x: epochsOf(run), y: run.epochs.map(({ trainAccuracy }) => trainAccuracy),
    };
    const held = {
      key: `validation ${run.id}`, label: isAlone ? t('line.validation') : names[i], colour: isAlone ? validation : own, hasPoints: run.epochs.length <= mostDots,
      x: epochsOf(run), y: run.epochs.map(({ validationAccuracy }) => validationAccuracy),
    };
    return held.y.every(value => value === null) ? [{ ...trained, label: isAlone ? trained.label : names[i] }]
      : shown.length <= mostDetailed ? [trained, held] : [held];
  });
}

/** The learning rate of every step. */
export function rateLines(shown) {
  const names = labels(shown);
  return shown.map((each, i) => ({ ...each, name: names[i] })).filter(({ curve }) => curve?.last).map(({ run, curve, line, name }) => ({
    key: run.id, label: shown.length === 1 ? t(`schedule.${run.options.schedule}`) : name, colour: shown.length === 1 ? training : colourOf({ line }),
    x: curve.steps, y: curve.learningRate,
  }));
}
