import { batchesOf, imagesOf, picturesOf } from './checks.js';

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** How many steps a run takes: { images, batches, steps }. */
export function effort(options) {
  const batches = batchesOf(options);
  return { images: imagesOf(options), batches, steps: batches * options.epochs };
}

/**
 * About how many seconds a run will train, going by the newest run of the same network on this machine.
 * @returns {number | null} Null if there is none to go by.
 */
export function estimate(network, options, runs) {
  const model = runs.find(run => run.network === network && run.epochs?.length > 0);
  if (!model) {
    return null;
  }
  const perPicture = median(model.epochs.map(epoch => epoch.seconds)) / picturesOf(model.options);
  return perPicture * picturesOf(options) * options.epochs;
}
