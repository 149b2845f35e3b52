import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { legend, numbers, picture, svg, text } from './charts/svg.js';
import { percent } from './words.js';

/** The accuracy of fewer answers is mostly chance. */
const few = 20;
const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
const height = 340;
const [left, right, top, bottom] = [52, 20, 10, 230];
const [histogramTop, histogramBottom] = [252, 300];

/** Whether confidence is what it says: accuracy over confidence, beside the diagonal on which both are the same. */
export function calibration(evaluation) {
  const bins = evaluation.reliability.filter(bin => bin.count > 0);
  const range = bin => `${percent(bin.from)}–${percent(bin.to)}`;
  const y = share => bottom - share * (bottom - top);
  const draw = width => {
    const x = share => left + share * (width - left - right);
    const column = (bin, share, from, to, kind) => svg('rect', {
      class: bin.count < few ? 'few' : kind,
      x: x(bin.from) + 1,
      y: to - Math.max(1.5, share * (to - from)),
      width: Math.max(1, x(bin.to) - x(bin.from) - 2),
      height: Math.max(1.5, share * (to - from)),
    }, svg('title', {}, `${range(bin)}: ${format.count(bin.count)}, ${format.accuracy(bin.accuracy)}`));
    return [
      ...shares.flatMap(share => [
        svg('path', { class: 'grid', d: `M${left} ${y(share)}H${width - right}` }),
        text(left - 8, y(share) + 4, 'end', percent(share)),
        text(x(share), histogramBottom + 18, 'middle', percent(share)),
      ]),
      ...bins.map(bin => column(bin, bin.accuracy, top, bottom, 'enough')),
      svg('path', { class: 'diagonal', d: `M${x(0)} ${y(0)}L${x(1)} ${y(1)}` }),
      svg('path', { class: 'grid', d: `M${left} ${histogramBottom}H${width - right}M${left} ${histogramTop}H${width - right}` }),
      text(left - 8, histogramTop + 4, 'end', percent(1)),
      text(left - 8, histogramBottom + 4, 'end', percent(0)),
      ...bins.map(bin => column(bin, bin.count / evaluation.count, histogramTop, histogramBottom, 'amount')),
      text((left + width - right) / 2, height - 4, 'middle', t('calibration.confidence')),
    ];
  };
  return el('section', { class: 'panel', 'aria-labelledby': 'calibration-title' },
    el('h2', { id: 'calibration-title' }, t('calibration.title')),
    el('p', { class: 'panel-hint' }, t('calibration.hint')),
    el('figure', { class: 'figure' },
      el('figcaption', {}, legend([
        ['bar-key', t('model.accuracy')],
        ['few-key', t('calibration.few', { few })],
        ['diagonal-key', t('calibration.ideal')],
        ['amount-key', t('calibration.share')],
      ])),
      picture(height, t('calibration.label', { ece: format.accuracy(evaluation.expectedCalibrationError) }), draw)),
    numbers(
      [t('calibration.confidence'), t('calibration.images'), t('calibration.share'), t('model.accuracy')],
      bins.map(bin => [range(bin), format.count(bin.count), format.share(bin.count / evaluation.count), format.accuracy(bin.accuracy)])));
}
