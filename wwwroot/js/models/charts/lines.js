import { el } from '../../dom.js';
import * as format from '../../format.js';
import { t } from '../../strings.js';
import { counting, linear, logarithmic } from './axis.js';
import { legend, picture, svg, text } from './svg.js';

const height = 220;
const [left, right, top, bottom] = [52, 10, 10, height - 40];

/**
 * Curves over epochs, of which each is a point.
 * @param chart { title, write, writeTick, series, best, isLogarithmic, limit }: `write` makes a text of a value, `best` is an
 * epoch to mark, `limit` a value that the axis does not pass.
 * @param chart.series [{ name, kind, points: [[epoch, value]] }], of which at least one has a point.
 */
export function lineChart({ title, write, writeTick = write, series, best, isLogarithmic, limit }) {
  const shown = series.filter(line => line.points.length > 0);
  const points = shown.flatMap(line => line.points);
  const epochs = points.map(([epoch]) => epoch);
  const values = points.map(([, value]) => value);
  const up = isLogarithmic ? logarithmic(values) : linear(values, limit);
  const y = value => bottom - up.at(value) * (bottom - top);
  const lines = shown.map(({ name, points: own }) => t('curves.line', { name, first: write(own[0][1]), last: write(own.at(-1)[1]) })).join(' ');

  const draw = width => {
    const along = counting(Math.min(...epochs), Math.max(...epochs), width / 60);
    const x = epoch => left + along.at(epoch) * (width - left - right);
    const dot = line => ([epoch, value]) => svg('circle', { cx: x(epoch), cy: y(value), r: epoch === best && line.kind === 'second' ? 5 : 2.5, class: epoch === best ? 'best' : '' },
      svg('title', {}, `${line.name}, ${t('axis.epoch')} ${epoch}: ${write(value)}`));
    return [
      ...up.ticks.flatMap(tick => [svg('path', { class: 'grid', d: `M${left} ${y(tick)}H${width - right}` }), text(left - 8, y(tick) + 4, 'end', writeTick(tick))]),
      ...along.ticks.map(tick => text(x(tick), bottom + 18, 'middle', format.count(tick))),
      text((left + width - right) / 2, height - 4, 'middle', t('axis.epoch')),
      ...shown.map(line => svg('g', { class: line.kind },
        svg('polyline', { points: line.points.map(([epoch, value]) => `${x(epoch).toFixed(1)},${y(value).toFixed(1)}`).join(' ') }),
        ...line.points.map(dot(line)))),
    ];
  };
  return el('figure', { class: 'figure' },
    el('figcaption', {}, el('h3', {}, title), legend(shown.map(line => [line.kind, line.name]))),
    picture(height, t('curves.label', { title, count: new Set(epochs).size, lines }), draw));
}
