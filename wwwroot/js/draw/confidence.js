import * as format from '../format.js';
import { t } from '../strings.js';

const levels = [[0.995, 'certain'], [0.9, 'sure'], [0.7, 'fairly'], [0, 'unsure']];

/** Below it a picture is more probably no digit, as the service sees it, too. */
const leastTrust = 0.5;
const perhapsNone = 0.9;

/** The ten digits with their probabilities, if the picture shows one: { digit, probability }, the most probable first. */
export const ranked = ({ probabilities }) => probabilities.map((probability, digit) => ({ probability, digit }))
  .sort((a, b) => b.probability - a.probability);

/**
 * What an answer says, in words: { level, word, number, rival, isDigit }, of which the last is empty where the network
 * cannot tell. Without a digit the level is 'none', for no digit at all, or 'undecided' between two.
 */
export function describe(answer) {
  const [first, second] = ranked(answer);
  const values = { first: first.digit, second: second.digit, number: format.share(second.probability), share: format.share(first.probability) };
  const known = typeof answer.isDigit === 'number';
  const isDigit = known ? t('answer.isDigit', { share: format.share(answer.isDigit) }) : '';
  if (known && answer.isDigit < leastTrust) {
    return { level: 'none', word: t('answer.noDigit'), number: '', rival: t('answer.nearest', { digit: first.digit }), isDigit };
  }
  if (answer.digit === null) {
    return { level: 'undecided', word: t('answer.undecided', values), number: '', rival: t('answer.neither', values), isDigit };
  }
  const trust = answer.confidence * (known ? answer.isDigit : 1);
  const level = levels.find(([least]) => trust >= least)[1];
  return {
    level,
    word: t(`answer.${level}`),
    number: format.confidence(answer.confidence),
    rival: known && answer.isDigit < perhapsNone ? t('answer.perhapsNone')
      : level === 'unsure' ? t('answer.either', values)
      : second.probability >= 0.005 ? t('answer.next', values) : t('answer.clear'),
    isDigit,
  };
}

/** What went wrong, in words: { title, detail }. */
export function describeProblem(problem, hasModels) {
  const kind = problem.status === 0 ? 'away'
    : problem.status === 503 ? (hasModels ? 'busy' : 'noModel')
    : problem.status === 429 ? 'tooMany'
    : problem.status === 422 ? 'blank'
    : problem.status >= 500 ? 'broken' : 'refused';
  const advice = { refused: problem.detail, blank: t('problem.blank.detail') }[kind];
  return { title: t(`problem.${kind}`), detail: advice ?? t(`problem.${kind}.detail`) };
}
