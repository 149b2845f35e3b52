import { request } from '../api.js';

let asked = null;

/** The catalogue of networks, which stays the same as long as the service runs; asked for once, again only if that failed. */
export function networks() {
  asked ??= request('networks').catch(error => {
    asked = null;
    throw error;
  });
  return asked;
}
