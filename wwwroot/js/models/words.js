import { language, t } from '../strings.js';

/** What people call a model; its id tells those apart that are called the same. */
export const titleOf = model => model.name?.trim() || model.network || model.id;

export const addressOf = id => `#/models/${encodeURIComponent(id)}`;

export const pathOf = (id, rest = '') => `models/${encodeURIComponent(id)}${rest}`;

/** The run in the Train view. */
export const runAddressOf = id => `#/train?run=${encodeURIComponent(id)}`;

/** A text for one, or for another number: counted('mistakes', 3, { … }) is that of 'mistakes.many'. */
export const counted = (key, number, values) => t(`${key}.${number === 1 ? 'one' : 'many'}`, values);

/** A number with the digits that matter: '0.0138', '1.298', '5'. */
export const decimal = value => new Intl.NumberFormat(language(), { maximumSignificantDigits: 4 }).format(value);

/** A round share, 0 to 1: '80%', '100%', '0.5%'. */
export const percent = value => new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(value);

/** A time in seconds: '4.2 s', '1 min 15 s'. */
export function duration(seconds) {
  const unit = (value, name, digits) =>
    new Intl.NumberFormat(language(), { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  if (seconds < 59.95) {
    return unit(seconds, 'second', 1);
  }
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${unit(hours, 'hour', 0)} ${unit(minutes, 'minute', 0)}` : `${unit(minutes, 'minute', 0)} ${unit(Math.floor(seconds % 60), 'second', 0)}`;
}

/** What can be told of a failed request. */
export const reasonOf = problem => problem.detail || t('problem.away.detail');
