import { counted } from '#web/words.ts';
import { longestPayback, type Verdict, yearsToPayBack } from '../domain/payback.ts';
import { chanceOfAtMost, type Forecast } from '../domain/recruitment.ts';
import { percent, pounds } from './amount.ts';

const within = (years: number): string =>
  Number.isFinite(years) ? `within ${counted(Math.max(1, Math.ceil(years)), 'year')}` : 'never';

/** Years beyond which how many does not matter any more: equipment is worn out long before. */
const mostTold = 30;

/** Years as a table tells them. */
export const paybackWords = (setUp: number, leftOver: number): string => {
  const years = yearsToPayBack(setUp, leftOver);
  if (years === null) return 'Never';
  if (years > mostTold) return `Over ${mostTold} years`;
  return years === 0 ? 'At once' : counted(Math.ceil(years), 'year');
};

/** The answer that leads the page, in one sentence. */
export const verdictWords = (
  verdict: Verdict,
  forecast: Forecast | null,
  setUp: number,
  award: number | null,
): string => {
  switch (verdict.kind) {
    case 'no-figures':
      return 'It cannot be said yet whether it is worth it: say below what a learner brings and costs.';
    case 'never':
      return 'No, on these figures: each learner costs at least what they bring, so no group is large enough.';
    case 'no-forecast':
      return `It depends on who comes: from ${counted(verdict.from, 'learner')} a year it pays for itself, and nobody has forecast how many there will be.`;
    case 'short':
      return `No, on these figures: with the likely ${counted(forecast?.likely ?? 0, 'learner')} ${pounds(verdict.missing)} is missing every year.`;
    default: {
      const likely = counted(forecast?.likely ?? 0, 'learner');
      const risk =
        verdict.safe || !forecast
          ? ', and even the low number pays for a year'
          : `; but fewer than ${verdict.from} come with a chance of ${percent(chanceOfAtMost(forecast, verdict.from - 1))}, and then a year does not pay for itself`;
      if (setUp === 0)
        return `${verdict.safe ? 'Yes' : 'Probably'}, on these figures: the likely ${likely} leave ${pounds(verdict.leftOver)} a year${risk}.`;
      if (verdict.kind === 'pays')
        return `${verdict.safe ? 'Yes' : 'Probably'}, on these figures: with the likely ${likely} the ${pounds(setUp)} of setting it up comes back ${within(verdict.years)}${risk}.`;
      if (verdict.kind === 'pays-with-award')
        return `Only with the ${pounds(award ?? 0)} that you ask a fund for, on these figures: with the likely ${likely} the rest of the ${pounds(setUp)} of setting it up comes back ${within(verdict.yearsWithAward)}${risk}.`;
      return `Not on these figures: the likely ${likely} leave ${pounds(verdict.leftOver)} a year, and the ${pounds(setUp)} of setting it up does not come back within ${longestPayback} years.`;
    }
  }
};
