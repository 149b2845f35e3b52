import * as format from '../format.js';
import { t } from '../strings.js';

const levels = [[0.995, 'certain'], [0.9, 'sure'], [0.7, 'fairly'], [0, 'unsure']];

/** What an answer says, in words: { level, word, number, rival }; without a digit, why there is none. */
export function describe(answer) {
  if (answer.digit === null) {
    return { level: 'none', word: t('answer.noDigit'), number: '', rival: answer.reason ?? '' };
  }
  const level = levels.find(([least]) => answer.confidence >= least)[1];
  const [, second] = answer.probabilities.map((probability, digit) => ({ probability, digit }))
    .sort((a, b) => b.probability - a.probability);
  const values = { first: answer.digit, second: second.digit, number: format.share(second.probability) };
  return {
    level,
    word: t(`answer.${level}`),
    number: format.confidence(answer.confidence),
    rival: level === 'unsure' ? t('answer.either', values) : second.probability >= 0.005 ? t('answer.next', values) : t('answer.clear'),
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
