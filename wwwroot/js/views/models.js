import { el } from '../dom.js';
import { Comparison } from '../models/comparison.js';
import { attachDrop } from '../models/drop.js';
import { openImport } from '../models/importer.js';
import { ModelsList } from '../models/list.js';
import { models } from '../models.js';
import { loadStyles } from '../styles.js';
import { ModelPage } from './model.js';

await loadStyles(
  'models', 'models-list', 'models-menu', 'models-page', 'models-tables', 'models-heat', 'models-charts', 'models-dialogs', 'verdict');

const brand = 'DigitService';

/** The registry: the list of models at '#/models', one at '#/models/<id>', and a few side by side at '#/models/<id>,<id>'. */
export function mount(section) {
  let face = null;
  let shown = null;
  let isShown = false;

  const name = () => {
    if (isShown) {
      document.title = `${face.title} · ${brand}`;
    }
  };
  document.addEventListener('languagechange', () => {
    face.render();
    name();
  });
  // What a model is called is known only then.
  models.addEventListener('change', name);
  attachDrop(section, openImport, 'models.drop');

  return {
    show(parameters, rest) {
      const isMove = isShown && rest !== shown;
      const before = shown;
      if (rest !== shown) {
        face?.dispose?.();
        // What is still on its way to the last one is of no use any more.
        const root = el('div', { class: 'models-face' });
        section.replaceChildren(root);
        face = rest === '' ? new ModelsList(root) : rest.includes(',') ? new Comparison(root, rest.split(',')) : new ModelPage(root, rest);
        shown = rest;
      }
      face.show(parameters);
      isShown = true;
      name();
      if (isMove) {
        moveFocus(section, before);
      }
    },
    hide() {
      isShown = false;
      document.title = brand;
    },
  };
}

/** To the heading of what is shown now; on the way back to the list, to the model that was shown. */
function moveFocus(section, before) {
  scrollTo(0, 0);
  (section.querySelector(`.model-card [data-key="${CSS.escape(before)}"]`) ?? section.querySelector('h1')).focus();
}
