import { request } from '../api.js';

let reading = null;

/** The networks that there are, and the recipes: a network's own first. Read once; a failure is tried again. */
export function catalogue() {
  reading ??= Promise.all([request('networks'), request('recipes')])
    .then(([networks, recipes]) => ({ networks, recipes, recipesOf: network => recipesOf(recipes, network) }))
    .catch(problem => {
      reading = null;
      throw problem;
    });
  return reading;
}

const recipesOf = (recipes, network) => recipes.filter(recipe => recipe.options.network === network)
  .sort((a, b) => (b.name === network) - (a.name === network));
