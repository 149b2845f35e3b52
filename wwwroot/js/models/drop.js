import { el } from '../dom.js';
import { t } from '../strings.js';

/**
 * Takes a file that is dropped anywhere on the page while a view is shown; the browser would open it in the page's place.
 * @param {string} invitation The key of the string that says what can be dropped.
 */
export function attachDrop(section, take, invitation) {
  const text = el('p');
  const target = el('div', { class: 'drop', 'aria-hidden': 'true', hidden: true }, text);
  section.after(target);
  const isOurs = event => !section.hidden && event.dataTransfer?.types.includes('Files');
  const show = isOver => {
    text.textContent = t(invitation);
    target.hidden = !isOver;
    document.documentElement.toggleAttribute('data-dropping', isOver);
  };
  addEventListener('dragenter', event => isOurs(event) && show(true));
  addEventListener('dragover', event => {
    if (isOurs(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    }
  });
  addEventListener('dragleave', event => event.relatedTarget === null && show(false));
  addEventListener('drop', event => {
    show(false);
    if (isOurs(event)) {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    }
  });
}
