import { type Shown, shownGroups, shownThemeRow } from '#kernel/shown-counts.ts';
import { isHeldShare } from '#kernel/small-numbers.ts';
import type { Context } from '#platform/context.ts';
import {
  type AskedQuestion,
  everAsked,
  leastAnswers,
  type QuestionResult,
  type Results,
  roundEdges,
  shownParts,
  shownShares,
} from '../domain/results.ts';
import { notTold, type Round, regions, respondentKinds } from '../domain/round.ts';
import {
  countAnswered,
  countBetween,
  countCodedAnswers,
  countGroups,
  countOptions,
  countThemes,
  type GroupCount,
  numberFacts,
} from '../store/counts.ts';
import { findCodeBook } from '../store/reading.ts';
import { countStates } from '../store/round-answers.ts';
import { listRoundVersions } from '../store/rounds.ts';

const allKinds = [...respondentKinds, notTold];
const allRegions = [...regions, notTold];

const kindAt = (one: GroupCount): number => {
  const at = allKinds.indexOf(one.providerKind as (typeof allKinds)[number]);
  return at < 0 ? allKinds.length - 1 : at;
};
const regionAt = (one: GroupCount): number => {
  const at = allRegions.indexOf(one.region as (typeof allRegions)[number]);
  return at < 0 ? allRegions.length - 1 : at;
};

const sumBy = (counts: readonly GroupCount[], placeOf: (one: GroupCount) => number, length: number): number[] => {
  const sums = Array.from({ length }, () => 0);
  for (const one of counts) sums[placeOf(one)] = (sums[placeOf(one)] ?? 0) + one.count;
  return sums;
};

const plain = (number: number): string => number.toLocaleString('en-GB', { maximumFractionDigits: 1 });

const numberResult = async (
  ctx: Context,
  round: Round,
  one: AskedQuestion,
  answered: Shown,
): Promise<QuestionResult> => {
  const facts = await numberFacts(ctx, round.id, one.question.id);
  if (facts.count < leastAnswers) return { ...one, answered, bars: [], words: '' };
  const least = one.question.kind === 'number' ? one.question.least : null;
  const edges = roundEdges(facts.lower, facts.upper).filter((edge) => least === null || edge > least);
  const counts = await countBetween(ctx, round.id, one.question.id, edges);
  const bars = counts.map((count, at) => ({
    text:
      at === 0
        ? `Under ${plain(edges[0] ?? 0)}`
        : at === edges.length
          ? `${plain(edges[at - 1] ?? 0)} or more`
          : `${plain(edges[at - 1] ?? 0)} to under ${plain(edges[at] ?? 0)}`,
    count,
  }));
  const middle = `Half of the answers lie from ${plain(facts.lower)} to ${plain(facts.upper)}; the one in the middle is ${plain(facts.median)}.`;
  return { ...one, answered, bars: shownParts(bars), words: middle };
};

/** Everything that is counted of a round, as everyone may see it. What comes back is as large for ten answers as for a million. */
export const countResults = async (ctx: Context, round: Round): Promise<Results> => {
  // Files are read by those who run the round, and never counted in public.
  const asked = everAsked(await listRoundVersions(ctx, round.id)).filter((one) => one.question.kind !== 'file');
  const answers = (await countStates(ctx, round.id)).sent;
  const book = await findCodeBook(ctx, round.id);
  const enough = answers >= leastAnswers;
  if (!enough)
    return {
      answers,
      enough,
      questions: [],
      coded: null,
      themes: [],
      kinds: allKinds,
      regions: allRegions,
      byKind: [],
      byRegion: [],
      groups: null,
    };
  const answered = await countAnswered(ctx, round.id);
  const withOptions = asked.filter((one) => one.options.length > 0);
  const options = await countOptions(
    ctx,
    round.id,
    withOptions.map((one) => one.question.id),
  );
  const questions: QuestionResult[] = [];
  for (const one of asked) {
    const count = answered.get(one.question.id) ?? 0;
    const shown = isHeldShare(count, answers) ? null : count;
    if (one.question.kind === 'number') {
      questions.push(await numberResult(ctx, round, one, shown));
      continue;
    }
    const bars = one.options.map(({ id, text }) => ({
      text,
      count: options.get(one.question.id)?.get(id) ?? 0,
    }));
    questions.push({
      ...one,
      answered: shown,
      bars:
        shown === null || bars.length === 0
          ? []
          : one.question.kind === 'several-of'
            ? shownShares(bars, count)
            : shownParts(bars),
      words: '',
    });
  }
  const table = await countGroups(ctx, round.id);
  const cells = allKinds.map((_, kind) =>
    sumBy(
      table.filter((one) => kindAt(one) === kind),
      regionAt,
      allRegions.length,
    ),
  );
  const groups = shownGroups(cells);
  const coded = await countCodedAnswers(ctx, round.id);
  const codedCount = coded.reduce((sum, one) => sum + one.count, 0);
  const ofKind = sumBy(coded, kindAt, allKinds.length);
  const ofRegion = sumBy(coded, regionAt, allRegions.length);
  const named = await countThemes(ctx, round.id);
  const hideKind = groups.rows.map((one) => one === null);
  const hideRegion = groups.columns.map((one) => one === null);
  return {
    answers,
    enough,
    questions,
    coded: isHeldShare(codedCount, answers) ? null : codedCount,
    themes: (book?.themes ?? []).map((theme) => {
      const here = named.filter((one) => one.theme === theme.id);
      const kinds = shownThemeRow(sumBy(here, kindAt, allKinds.length), ofKind, hideKind);
      const inRegions = shownThemeRow(sumBy(here, regionAt, allRegions.length), ofRegion, hideRegion);
      // Held back in one table, a sum is held back in both.
      const count = kinds.count === null || inRegions.count === null ? null : kinds.count;
      return { theme, count, byKind: kinds.by, byRegion: inRegions.by };
    }),
    kinds: allKinds,
    regions: allRegions,
    byKind: groups.rows,
    byRegion: groups.columns,
    groups: groups.cells,
  };
};
