import { el } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { lineChart } from './charts/lines.js';
import { numbers } from './charts/svg.js';
import { decimal, percent, runAddressOf } from './words.js';

/** A loss that falls further than this is told on a logarithmic axis. */
const steep = 20;

/** How the model was trained, epoch by epoch. */
export function curves({ id, epochs }) {
  const points = name => epochs.map(epoch => [epoch.epoch, epoch[name]]).filter(([, value]) => Number.isFinite(value));
  const series = measure => [
    { name: t('line.training'), kind: 'first', points: points(`train${measure}`) },
    { name: t('line.validation'), kind: 'second', points: points(`validation${measure}`) },
  ];
  const losses = series('Loss');
  const values = losses.flatMap(line => line.points.map(([, loss]) => loss));
  const isLogarithmic = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > steep;
  const best = epochs.findLast(epoch => epoch.isBest)?.epoch;
  const write = (value, format) => (Number.isFinite(value) ? format(value) : '–');
  return el('section', { class: 'panel', 'aria-labelledby': 'curves-title' },
    el('h2', { id: 'curves-title' }, t('curves.title')),
    lineChart({ title: t('model.accuracy'), write: format.accuracy, writeTick: percent, series: series('Accuracy'), best, limit: 1 }),
    lineChart({ title: t(isLogarithmic ? 'curves.lossLog' : 'model.loss'), write: decimal, series: losses, best, isLogarithmic }),
    numbers(
      [t('axis.epoch'), ...['model.accuracy', 'model.loss'].flatMap(what => ['line.training', 'line.validation'].map(part => `${t(what)}, ${t(part)}`))],
      epochs.map(epoch => [
        epoch.epoch === best ? `${epoch.epoch} (${t('curves.best')})` : format.count(epoch.epoch),
        write(epoch.trainAccuracy, format.accuracy), write(epoch.validationAccuracy, format.accuracy),
        write(epoch.trainLoss, decimal), write(epoch.validationLoss, decimal),
      ])),
    el('p', {}, el('a', { href: runAddressOf(id) }, t('curves.open'))));
}
