import { language } from './strings.js';

const formats = new Map();

/** A number format of the page's language. */
export function number(options) {
  const key = language() + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language(), options));
  }
  return formats.get(key);
}

const tenths = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** A confidence, 0 to 1: '98.4%'. Nothing that is learnt is certain, so that there is no '100.0%'. */
export const confidence = value => (value >= 0.9995 ? `>${number(tenths).format(0.999)}` : number(tenths).format(value));

/** A share, 0 to 1, in whole percent, with the tenths that matter near both ends: '37%', '0.4%', '0%', '>99.9%'. */
export function share(value) {
  return value < 0.0005 || (value >= 0.0995 && value < 0.9895)
    ? number({ style: 'percent', maximumFractionDigits: 0 }).format(value)
    : confidence(value);
}

/** An accuracy, 0 to 1: '99.59%'. */
export const accuracy = value => number({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** A whole number with its thousands apart: '245,242'. */
export const count = value => number({ maximumFractionDigits: 0 }).format(value);

/** Milliseconds: '1.2 ms', '34 ms'. */
export const milliseconds = value => `${number({ maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ms`;

/** Bytes: '4.6 kB', '3.1 MB'. */
export const bytes = value => value < 1e6
  ? `${number({ maximumFractionDigits: 1 }).format(value / 1e3)} kB`
  : `${number({ maximumFractionDigits: 1 }).format(value / 1e6)} MB`;

/** A moment, as an ISO 8601 text: '21 Nov 2026, 09:05'. */
export const moment = text => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(new Date(text));

const unit = (value, name) => number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value);

/** Seconds: '0.4 sec', '12 sec', '2 min 3 sec', '1 hr 5 min'. */
export function duration(seconds) {
  if (seconds < 9.5) {
    return number({ style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 }).format(seconds);
  }
  const whole = Math.round(seconds);
  const parts = whole < 60 ? [[whole, 'second']]
    : whole < 3600 ? [[Math.floor(whole / 60), 'minute'], [whole % 60, 'second']]
    : [[Math.floor(whole / 3600), 'hour'], [Math.floor(whole % 3600 / 60), 'minute']];
  return parts.filter(([value]) => value > 0).map(([value, name]) => unit(value, name)).join(' ');
}
