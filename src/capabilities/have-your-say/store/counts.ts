import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';

/** Counted where the answers are, so that however many there are, only sums come back. */

export type OptionCount = { readonly option: string; readonly count: number };

/** How many gave a question any answer. */
export const countAnswered = async (ctx: Context, round: string): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ readonly question: string; readonly count: number | bigint }>`
    select question, count(*) as count from have_your_say.answer a, jsonb_object_keys(a.given) question
    where a.round_id = ${round} and a.state = 'sent' group by question`.execute(ctx.db);
  return new Map(rows.map((row) => [row.question, Number(row.count)]));
};

/** How often each option of each question was chosen: of one, of several, and steps of a scale. */
export const countOptions = async (
  ctx: Context,
  round: string,
  questions: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> => {
  const counts = new Map<string, Map<string, number>>();
  if (questions.length === 0) return counts;
  const { rows } = await sql<{ readonly question: string; readonly option: string; readonly count: number | bigint }>`
    select question, option, count(*) as count from have_your_say.answer a
    cross join unnest(${[...questions]}::text[]) question
    cross join lateral (select jsonb_array_elements_text(
      case jsonb_typeof(a.given -> question) when 'array' then a.given -> question
        else jsonb_build_array(a.given -> question) end) as option) chosen
    where a.round_id = ${round} and a.state = 'sent' and a.given -> question is not null
    group by question, option`.execute(ctx.db);
  for (const { question, option, count } of rows) {
    const here = counts.get(question) ?? new Map<string, number>();
    here.set(option, Number(count));
    counts.set(question, here);
  }
  return counts;
};

export type NumberFacts = {
  readonly count: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
};

export const numberFacts = async (ctx: Context, round: string, question: string): Promise<NumberFacts> => {
  const { rows } = await sql<{
    readonly count: number | bigint;
    readonly lower: number | null;
    readonly median: number | null;
    readonly upper: number | null;
  }>`
    select count(*) as count,
      percentile_cont(0.25) within group (order by value) as lower,
      percentile_cont(0.5) within group (order by value) as median,
      percentile_cont(0.75) within group (order by value) as upper
    from (select (given ->> ${question})::float8 as value from have_your_say.answer
      where round_id = ${round} and state = 'sent' and given ->> ${question} is not null) given`.execute(ctx.db);
  const [row] = rows;
  return {
    count: Number(row?.count),
    lower: Number(row?.lower ?? 0),
    median: Number(row?.median ?? 0),
    upper: Number(row?.upper ?? 0),
  };
};

/** How many numbers are below the first edge, between two, and at or above the last. */
export const countBetween = async (
  ctx: Context,
  round: string,
  question: string,
  edges: readonly number[],
): Promise<readonly number[]> => {
  const { rows } = await sql<{ readonly place: number; readonly count: number | bigint }>`
    select width_bucket((given ->> ${question})::float8, ${[...edges]}::float8[]) as place, count(*) as count
    from have_your_say.answer where round_id = ${round} and state = 'sent' and given ->> ${question} is not null
    group by place`.execute(ctx.db);
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const { place, count } of rows) counts[place] = Number(count);
  return counts;
};

export type GroupCount = { readonly providerKind: string; readonly region: string; readonly count: number };

export const countGroups = async (ctx: Context, round: string): Promise<readonly GroupCount[]> => {
  const { rows } = await sql<{
    readonly provider_kind: string;
    readonly region: string;
    readonly count: number | bigint;
  }>`
    select provider_kind, region, count(*) as count from have_your_say.answer
    where round_id = ${round} and state = 'sent' group by provider_kind, region`.execute(ctx.db);
  return rows.map((row) => ({ providerKind: row.provider_kind, region: row.region, count: Number(row.count) }));
};

/** How many answers have each theme in any of their texts, by kind and region of who answered. */
export const countThemes = async (
  ctx: Context,
  round: string,
): Promise<readonly (GroupCount & { readonly theme: string })[]> => {
  const { rows } = await sql<{
    readonly theme: string;
    readonly provider_kind: string;
    readonly region: string;
    readonly count: number | bigint;
  }>`
    select theme, provider_kind, region, count(*) as count from (
      select distinct a.id, a.provider_kind, a.region, theme from have_your_say.answer a
      join have_your_say.reading r on r.answer_id = a.id and r.part = 'first'
      cross join unnest(r.themes) theme
      where a.round_id = ${round} and a.state = 'sent') named
    group by theme, provider_kind, region`.execute(ctx.db);
  return rows.map((row) => ({
    theme: row.theme,
    providerKind: row.provider_kind,
    region: row.region,
    count: Number(row.count),
  }));
};

/** Answers of which at least one text was coded: what themes are a share of. */
export const countCodedAnswers = async (ctx: Context, round: string): Promise<readonly GroupCount[]> => {
  const { rows } = await sql<{
    readonly provider_kind: string;
    readonly region: string;
    readonly count: number | bigint;
  }>`
    select provider_kind, region, count(*) as count from have_your_say.answer a
    where a.round_id = ${round} and a.state = 'sent' and exists (select from have_your_say.reading r
      where r.answer_id = a.id and r.part = 'first')
    group by provider_kind, region`.execute(ctx.db);
  return rows.map((row) => ({ providerKind: row.provider_kind, region: row.region, count: Number(row.count) }));
};

/** Answers of a round that may be published and have a text of these questions on which no moderator has decided. */
export const countToModerate = async (ctx: Context, round: string, texts: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::int as count from have_your_say.answer a
    where a.round_id = ${round} and a.state = 'sent' and a.may_publish
      and exists (select from unnest(${texts}::text[]) as asked (question)
        where a.given ->> asked.question is not null
          and not exists (select from have_your_say.moderation m
            where m.answer_id = a.id and m.question = asked.question))`.execute(ctx.db);
  return rows[0]?.count ?? 0;
};
