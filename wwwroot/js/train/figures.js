import { number } from '../format.js';
import { language, t } from '../strings.js';

const exponential = value => Number(value.toPrecision(3)).toExponential().replace('+', '');

/** Three digits that count, without zeros at the end: '0.5', '12.5', '2e-8', '3.85e19'. */
export const short = value => (value !== 0 && (value < 1e-4 || value >= 1e5) ? exponential(value) : number({ maximumSignificantDigits: 3 }).format(value));

/** A loss in nats, three digits that count: '0.0451', '2.30'. */
export const loss = value => (value >= 1e-4 && value < 1e5
  ? number({ minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(value) : short(value));

/** A moment of late: 'Nov 21, 11:06'. */
export const day = text => new Intl.DateTimeFormat(language(), { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(new Date(text));

/** What a run is called: its name, or else its network's; the id of one that cannot be read. */
export const title = run => run.name ?? run.network ?? run.id;

/** The best validation accuracy so far; null without one. */
export const bestAccuracy = run => run.epochs?.find(epoch => epoch.epoch === run.bestEpoch)?.validationAccuracy ?? null;

/** Where a run stands, in words. */
export const status = run => (run.error && !run.status ? t('models.damaged')
  : run.queuePosition ? t('run.queuedAt', { place: run.queuePosition })
  : t(`run.${run.status}`));
