import { flatten, knobs } from './knobs.js';

/** How many runs can be compared: as many as there are colours to tell them apart. */
export const mostRuns = 6;

/** The address of runs: the first by itself, the others with it. Without any, of a new one. */
export const addressOf = ([first, ...others]) => (first === undefined ? '#/train/new'
  : `#/train/${encodeURIComponent(first)}${others.length > 0 ? `?with=${others.map(encodeURIComponent).join(',')}` : ''}`);

/** The runs of an address; none for a new one. */
export function runsOf(parameters, rest) {
  const others = (parameters.get('with') ?? '').split(',').filter(id => id !== '');
  return rest === 'new' || rest === '' ? [] : [...new Set([rest, ...others])].slice(0, mostRuns);
}

/** The address of a new run with the same options as another, as far as they differ from the recipe's. */
export function addressOfAnother(options, recipe) {
  const [wanted, usual] = [flatten(options), flatten(recipe)];
  const changed = knobs.filter(({ name }) => wanted[name] !== usual[name] && wanted[name] !== null)
    .map(({ name }) => [name, String(wanted[name])]);
  return `#/train/new?${new URLSearchParams([['network', options.network], ...options.data ? [['data', options.data]] : [], ...changed])}`;
}
