import { language, t } from '../strings.js';

/** What people call a model; its id tells those apart that are called the same. */
export const titleOf = model => model.name?.trim() || model.network || model.id;

export const addressOf = id => `#/models/${encodeURIComponent(id)}`;

export const pathOf = (id, rest = '') => `models/${encodeURIComponent(id)}${rest}`;

/** The run in the Train view. */
export const runAddressOf = id => `#/train/${encodeURIComponent(id)}`;

/** A number with the digits that matter: '0.0138', '1.298', '5'. */
export const decimal = value => new Intl.NumberFormat(language(), { maximumSignificantDigits: 4 }).format(value);

/** A round share, 0 to 1: '80%', '100%', '0.5%'. */
export const percent = value => new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(value);

/** What can be told of a failed request. */
export const reasonOf = problem => problem.detail || t('problem.away.detail');
