import { el, icon } from '../dom.js';
import { labelOf, labels, wordOf } from '../feedback.js';
import * as format from '../format.js';
import { addressOf, titleOf } from '../models/words.js';
import { models } from '../models.js';
import { t } from '../strings.js';

/** A corrected picture: what it shows, which can be changed, and what was answered by which model with what confidence, and when. */
export function sampleCard(sample, { relabel, remove }) {
  const shown = labelOf(sample.label);
  const select = el('select', { class: 'field', id: `shows-${sample.id}`, 'data-key': `shows ${sample.id}`, onchange: () => relabel(select.value) },
    ...labels.map(label => el('option', { value: label }, wordOf(label))));
  select.value = shown;
  const { predicted, isWrong } = sample;
  return el('li', { class: 'sample', 'data-sample': sample.id, 'data-state': predicted === null ? 'unread' : isWrong ? 'wrong' : 'right' },
    el('img', { class: 'sample-input', src: sample.input, width: 28, height: 28, alt: t('feedback.alt', { label: wordOf(shown) }) }),
    el('div', { class: 'sample-facts' },
      el('div', { class: 'sample-label' },
        el('label', { class: 'setting-name', for: select.id }, t('feedback.label')),
        el('span', { class: 'select' }, select, icon('down'))),
      el('p', { class: 'sample-answer' }, icon(isWrong ? 'close' : 'check'), answerOf(predicted)),
      el('p', { class: 'sample-origin' }, ...[predicted && modelOf(predicted.model), t(`source.${sample.source}`), format.moment(sample.createdAt)]
        .filter(Boolean).map(part => el('span', {}, part)))),
    el('button', {
      class: 'icon-button small', type: 'button', 'data-key': `delete ${sample.id}`, 'data-tooltip': t('models.delete'),
      'aria-label': t('models.deleteOne', { model: wordOf(shown) }), onclick: remove,
    }, icon('clear')));
}

function answerOf(predicted) {
  return predicted === null ? t('feedback.unread')
    : predicted.digit === null ? t('feedback.readAsNone', { digit: predicted.likeliest })
    : t('feedback.readAs', { digit: predicted.digit, confidence: format.confidence(predicted.confidence) });
}

// One that is not there any more has no page.
function modelOf(id) {
  const model = models.find(id);
  return model ? el('a', { href: addressOf(id) }, titleOf(model)) : id;
}
