import * as format from '../format.js';
import { t } from '../strings.js';
import { batchesOf, imagesOf, picturesOf } from './checks.js';

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * How many steps a run takes, and how long, going by the newest run of the same network on this machine.
 * @param {(data: string | null) => number | null} sizeOf How many images a dataset has, where that is known.
 * @returns {string[]} Sentences.
 */
export function effort(network, options, runs, sizeOf) {
  const batches = batchesOf(options);
  const [images, steps] = [imagesOf(options), batches * options.epochs];
  const seconds = estimate(network, options, runs, sizeOf);
  return [
    t('new.effort', { images: format.count(images), batches: format.count(batches), steps: format.count(steps) }),
    seconds === null ? t('new.unknown') : t('new.about', { time: format.duration(seconds) }),
  ];
}

// Null if there is none to go by.
function estimate(network, options, runs, sizeOf) {
  const model = runs.find(run => run.network === network && run.epochs?.length > 0 && sizeOf(run.options.data));
  if (!model) {
    return null;
  }
  const perPicture = median(model.epochs.map(epoch => epoch.seconds)) / picturesOf({ ...model.options, images: sizeOf(model.options.data) });
  return perPicture * picturesOf(options) * options.epochs;
}
