import { el, icon } from './dom.js';
import { t } from './strings.js';

const shownFor = 6000;
const shownForAction = 12000;

/** Says a text to screen readers, after what they are saying. The same text twice is said twice. */
export function announce(text) {
  const region = document.getElementById('live');
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

/** Shows a message for a while at the page's lower edge, and says it; beside it a button for an action { text, run }. */
export function toast(text, action = null) {
  const close = () => message.remove();
  const act = () => {
    close();
    action.run();
  };
  const message = el('div', { class: 'toast' },
    el('p', {}, text),
    action && el('button', { class: 'button small', type: 'button', onclick: act }, action.text),
    el('button', { class: 'icon-button', type: 'button', 'aria-label': t('close'), onclick: close }, icon('close')));
  document.getElementById('toasts').append(message);
  announce(text);

  // Whoever reads it, or is about to close it, is given the time.
  const expire = () => (message.matches(':hover, :focus-within') ? setTimeout(expire, 1000) : close());
  setTimeout(expire, action ? shownForAction : shownFor);
}
