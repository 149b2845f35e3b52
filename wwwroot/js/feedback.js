import { request } from './api.js';
import { t } from './strings.js';

/** How the service calls what is not a digit, where a label is asked for. */
export const none = 'none';

/** All that a picture can show, as the service's addresses name it. */
export const labels = [...'0123456789', none];

/** The label of what the service answers: a digit, or null for what is not one. */
export const labelOf = digit => (digit === null ? none : String(digit));

/** A label in words: '7', 'Not a digit'. */
export const wordOf = label => (label === none ? t('answer.noDigit') : label);

const pathOf = id => `feedback/${encodeURIComponent(id)}`;

/** Whether this service keeps pictures that were corrected, how long and how many: `change` tells that it has been asked again. */
class Feedback extends EventTarget {
  /** Until it is known otherwise: most services keep them. */
  isEnabled = true;
  /** After how many days a picture is deleted; 0 if that is left to people. */
  retentionDays = 0;
  count = 0;

  async refresh() {
    const { enabled, retentionDays, count } = await request('feedback/settings');
    Object.assign(this, { isEnabled: enabled, retentionDays, count });
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Keeps a picture with what it shows; one that is kept already gets another label, which needs no key.
   * @param about { label, source, model }: 'drawn' or 'uploaded', and whose answer it is.
   */
  keep(picture, about) {
    return request(`feedback?${new URLSearchParams(about)}`, { method: 'POST', body: picture });
  }

  list(query) {
    return request(`feedback?${new URLSearchParams({ input: true, ...query })}`);
  }

  relabel(id, label) {
    return request(pathOf(id), { method: 'PUT', body: { label } });
  }

  delete(id) {
    return request(pathOf(id), { method: 'DELETE' });
  }

  deleteAll() {
    return request('feedback', { method: 'DELETE' });
  }

  /** Fine-tunes the model of an id on what is kept. @returns The run, which is queued. */
  learn(base) {
    return request('train', { method: 'POST', body: { base, feedback: true } });
  }
}

export const feedback = new Feedback();
