import type { CheckResult } from './check-result.ts';
import type { ClaimRequirement } from './pose-question.ts';
import type { Qualification } from './qualification-file.ts';

/** The verdict as people read it, on the page and at the command line: one sentence, and what belongs to it. */
export type VerdictWords = {
  readonly tone: 'pass' | 'fail' | 'open';
  readonly sentence: string;
  readonly lines: readonly string[];
};

const grouped = new Intl.NumberFormat('en-GB');
const number = (decimal: string): string => grouped.format(BigInt(decimal));

const listed = (items: readonly string[], last: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

/** @param offer the check was of what one provider runs. */
export const verdictWords = (
  result: CheckResult,
  qualification: Qualification,
  requirements: readonly ClaimRequirement[],
  offer: boolean,
): VerdictWords => {
  const target = targetWords(result, requirements);
  const short = shortWords(result, requirements);
  const permitted = offer ? 'combinations that learners here can take' : 'permitted combinations';
  const unreached = unreachedLines(result, qualification, requirements, offer);
  const lines = [
    ...emptyMappingLines(qualification),
    ...coreOnlyLines(requirements),
    ...unreached,
    ...setAsideLines(requirements),
    ...unsettledLines(result),
  ];
  switch (result.verdict) {
    case 'proved':
      return { tone: 'pass', sentence: provedSentence(result.combinations.total, target, permitted), lines };
    case 'refuted':
      return result.counterexample
        ? {
            tone: 'fail',
            sentence: failingSentence(result, short, permitted),
            lines: [...estimateLines(result), ...lines],
          }
        : {
            tone: 'fail',
            sentence: unreached[0] ?? `Not proved for ${target}.`,
            lines: [...coveredLines(result, requirements), ...lines.filter((line) => line !== unreached[0])],
          };
    case 'no-combinations':
      return {
        tone: 'fail',
        sentence: `The rules permit no combination of units at all${offer ? ' of what runs here' : ''}.`,
        lines: [
          'No learner could take this qualification: some rule asks for what another rules out.',
          ...setAsideLines(requirements),
        ],
      };
    case 'unsettled':
      return {
        tone: 'open',
        sentence: 'Not settled in the time allowed.',
        lines: [
          'Neither a proof nor a failing combination was found. The command line gives it more time: htq check --time-limit.',
          ...lines,
        ],
      };
  }
};

const targetWords = (result: CheckResult, requirements: readonly ClaimRequirement[]): string => {
  const titles = [...new Set(requirements.map((one) => one.title))];
  if (titles.length === 1) return titles[0] ?? '';
  return result.guarantee === 'each' ? listed(titles, 'and') : `at least one of ${listed(titles, 'and')}`;
};

const provedSentence = (total: string | null, target: string, permitted: string): string => {
  if (total === '1') return `The one ${permitted.replace('combinations', 'combination')} covers ${target}.`;
  return total === null
    ? `Every one of the ${permitted} covers ${target}.`
    : `Every one of the ${number(total)} ${permitted} covers ${target}.`;
};

/** What a combination does that falls short: "does not cover A", "cover neither A nor B". */
type Shortfall = { readonly one: string; readonly many: string; readonly none: string };

const shortWords = (result: CheckResult, requirements: readonly ClaimRequirement[]): Shortfall => {
  const titles = [...new Set(requirements.map((one) => one.title))];
  const only = titles.length === 1 ? (titles[0] ?? '') : null;
  if (only !== null) return { one: `does not cover ${only}`, many: `do not cover ${only}`, none: `covers ${only}` };
  if (result.guarantee === 'each') {
    const all = `all of ${listed(titles, 'and')}`;
    return { one: `does not cover ${all}`, many: `do not cover ${all}`, none: `covers ${all}` };
  }
  const any = titles.length === 2 ? `neither ${titles[0]} nor ${titles[1]}` : `none of ${listed(titles, 'and')}`;
  return { one: `covers ${any}`, many: `cover ${any}`, none: `covers any of ${listed(titles, 'and')}` };
};

const failingSentence = (result: CheckResult, short: Shortfall, permitted: string): string => {
  const { total, failing, estimate } = result.combinations;
  if (failing !== null && total !== null) {
    if (failing !== total)
      return `${number(failing)} of the ${number(total)} ${permitted} ${failing === '1' ? short.one : short.many}.`;
    return total === '1'
      ? `The one ${permitted.replace('combinations', 'combination')} ${short.one}.`
      : `None of the ${number(total)} ${permitted} ${short.none}.`;
  }
  const of = total === null ? `the ${permitted}` : `the ${number(total)} ${permitted}`;
  return estimate && estimate.share >= leastShareTold
    ? `About ${percent(estimate.share)} of ${of} ${short.many}.`
    : `Some of ${of} ${short.many}.`;
};

/** A share below this is told in its range alone: as a round figure it would read as nothing. */
const leastShareTold = 0.0005;

const percent = (share: number): string => {
  const hundred = share * 100;
  return `${hundred >= 10 ? Math.round(hundred) : Number(hundred.toPrecision(2))}%`;
};

const estimateLines = (result: CheckResult): readonly string[] => {
  const { estimate } = result.combinations;
  if (!estimate) return [];
  const range =
    estimate.low === 0
      ? `Fewer than ${percent(estimate.high)}`
      : `Between ${percent(estimate.low)} and ${percent(estimate.high)}`;
  return [
    `${range}, judging by ${grouped.format(estimate.samples)} combinations drawn at random (95 times in 100 the true share is in that range).`,
  ];
};

/** A claim to which only pathways answer that the offer leaves out: it is not covered, and no unit is to blame. */
export const isLeftOut = (qualification: Qualification, result: CheckResult, id: string): boolean => {
  const running = new Set(result.combinations.pathways.map((one) => one.name));
  const pathways = qualification.rules?.pathways?.filter((one) => running.has(one.name)) ?? [];
  return pathways.length > 0 && pathways.every((one) => one.occupations !== undefined && !one.occupations.includes(id));
};

const unreachedLines = (
  result: CheckResult,
  qualification: Qualification,
  requirements: readonly ClaimRequirement[],
  offer: boolean,
): readonly string[] =>
  result.unreached.map((id) => {
    const title = requirements.find((one) => one.id === id)?.title ?? id;
    if (isLeftOut(qualification, result, id))
      return `No pathway that runs here leads to ${title}, which the qualification claims too.`;
    return `No combination${offer ? ' that learners here can take' : ''} covers all of ${title}.`;
  });

/** Without a mapping every combination fails, and no unit is to blame for that. */
const emptyMappingLines = ({ units }: Qualification): readonly string[] =>
  units.some((unit) => [unit, ...(unit.outcomes ?? [])].some((one) => one.covers || one.partly))
    ? []
    : ['No unit says that it covers anything: is the mapping missing, or still empty?'];

const coreOnlyLines = (requirements: readonly ClaimRequirement[]): readonly string[] =>
  requirements.flatMap(({ title, unclaimedOptions }) =>
    unclaimedOptions === 0
      ? []
      : [
          `Of ${title} the core alone is claimed: ${unclaimedOptions === 1 ? 'its one option is not' : `none of its ${unclaimedOptions} options is`} named.`,
        ],
  );

/** What is proved all the same, where a claim that nothing leads to makes the whole fail. */
const coveredLines = (result: CheckResult, requirements: readonly ClaimRequirement[]): readonly string[] =>
  result.occupations
    .filter((one) => one.onEveryCombination)
    .map(
      (one) =>
        `Every combination that answers to it covers ${requirements.find(({ id }) => id === one.id)?.title ?? one.id}.`,
    );

const setAsideLines = (requirements: readonly ClaimRequirement[]): readonly string[] => {
  const excluded = requirements.reduce((sum, one) => sum + (one.claim.exclude?.length ?? 0), 0);
  const partly = requirements.reduce((sum, one) => sum + (one.claim.partly?.length ?? 0), 0);
  const parts = [
    ...(excluded > 0 ? [`${excluded} ${excluded === 1 ? 'KSB is' : 'KSBs are'} not required`] : []),
    ...(partly > 0 ? [`part coverage is counted as enough for ${partly} ${partly === 1 ? 'KSB' : 'KSBs'}`] : []),
  ];
  return parts.length > 0 ? [`As the file asks, ${listed(parts, 'and')}: the reasons stand with the occupation.`] : [];
};

const unsettledLines = (result: CheckResult): readonly string[] => {
  const open = result.unsettled.filter((name) => name !== 'verdict');
  return open.length > 0 ? [`Not worked out in the time allowed: ${open.join(', ')}.`] : [];
};
