import { announce } from '../announce.js';
import { el } from '../dom.js';
import { t } from '../strings.js';

/** Says that the connection is lost, as long as it is. */
export class ConnectionBanner {
  element = el('div', { class: 'notice connection', hidden: true });

  constructor(feed) {
    this.element.append(
      el('p', { 'data-text': 'connection.lost' }),
      el('button', { class: 'button small', type: 'button', 'data-text': 'answer.retry', onclick: () => feed.hurry() }));
    feed.addEventListener('connection', () => {
      const wasLost = !this.element.hidden;
      this.element.hidden = feed.isConnected;
      if (wasLost === feed.isConnected) {
        announce(t(feed.isConnected ? 'connection.found' : 'connection.lost'));
      }
    });
  }
}
