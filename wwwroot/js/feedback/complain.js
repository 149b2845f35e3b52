import { toast } from '../announce.js';
import { ApiProblem } from '../api.js';
import { reasonOf } from '../models/words.js';

/** Says what the service refused, or that it is away; whatever else it is, is a fault of the page. */
export function complain(problem) {
  if (!(problem instanceof ApiProblem)) {
    throw problem;
  }
  toast(reasonOf(problem));
}
