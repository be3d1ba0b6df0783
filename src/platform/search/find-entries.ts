import { sql } from 'kysely';
import type { Context } from '../context.ts';

export type SearchQuestion = {
  /** Words, "phrases in quotation marks", -words that must not be there, codes such as ST0116. */
  readonly words: string;
  readonly kind: string | null;
  readonly route: string | null;
  readonly level: number | null;
};

/** A run of text: what was asked for is marked. */
export type TextRun = { readonly text: string; readonly found: boolean };

export type FoundEntry = {
  readonly kind: string;
  readonly id: string;
  readonly href: string;
  readonly title: readonly TextRun[];
  readonly excerpt: readonly TextRun[];
  readonly route: string | null;
  readonly level: number | null;
};

export type SearchAnswer = {
  readonly total: number;
  readonly found: readonly FoundEntry[];
  /** What was searched for instead, where a word is nowhere and another is written nearly so; empty: as it was asked. */
  readonly corrected: string;
  /** No entry has all the words: these have some. */
  readonly someWords: boolean;
  /** How many there are of each kind, route and level, whichever of them is chosen. */
  readonly kinds: readonly { readonly value: string; readonly count: number }[];
  readonly routes: readonly string[];
  readonly levels: readonly number[];
};

export const resultsPerPage = 20;

/** Characters of a question that are read. */
const longestQuestion = 200;
/** Entries that are ranked; of a word that is everywhere, the others are counted and not ordered. */
const mostRanked = 2000;
/** Words looked at for one that is misspelt. What was withdrawn or taken out may have left words behind: they are passed over. */
const nearest = 8;
const start = '\u0002';
const stop = '\u0003';

const runsOf = (marked: string): readonly TextRun[] =>
  marked
    .split(start)
    .flatMap((part, index) => {
      if (index === 0) return [{ text: part, found: false }];
      const [found = '', ...rest] = part.split(stop);
      return [
        { text: found, found: true },
        { text: rest.join(stop), found: false },
      ];
    })
    .filter((run) => run.text !== '');

const codePattern = /\b[A-Za-z]{2}\d{4}\b/g;

/**
 * The question with each word that is written nowhere exchanged for the one most like it: `%` takes spellings of which
 * three tenths are alike (pg_trgm's own threshold); "enginer" and "engineer" are six tenths alike.
 */
const spelt = async (ctx: Context, words: string): Promise<string> => {
  const asked = [...new Set(words.toLowerCase().match(/(?<![-\p{L}])\p{L}{4,30}/gu) ?? [])];
  if (asked.length === 0) return words;
  const { rows } = await sql<{ readonly asked: string; readonly near: string | null }>`
    select asked, (select word from (select word from platform.search_word
        where word % asked order by similarity(word, asked) desc, abs(length(word) - length(asked)), word limit ${nearest}) as near
      where exists (select 1 from platform.search_entry where words @@ plainto_tsquery('english', word) limit 1) limit 1) as near
    from unnest(${asked}::text[]) as asked
    where not exists (select 1 from platform.search_word where word = asked)
      and not exists (select 1 from platform.search_entry where words @@ plainto_tsquery('english', asked) limit 1)`.execute(
    ctx.db,
  );
  return rows.reduce(
    (text, { asked: wrong, near }) =>
      near ? text.replaceAll(new RegExp(`(?<!\\p{L})${wrong}(?!\\p{L})`, 'giu'), near) : text,
    words,
  );
};

type Matches = {
  readonly query: ReturnType<typeof sql>;
  readonly someWords: boolean;
};

const isAny = async (ctx: Context, query: ReturnType<typeof sql>): Promise<boolean> =>
  (await sql`select 1 from platform.search_entry where ${query} limit 1`.execute(ctx.db)).rows.length > 0;

/** All the words, else some of them. */
const matchesOf = async (ctx: Context, words: string): Promise<Matches> => {
  const codes = (words.match(codePattern) ?? []).map((code) => code.toUpperCase());
  const rest = words.replaceAll(codePattern, ' ').trim();
  if (codes.length > 0 && (await isAny(ctx, sql`codes && ${codes}::text[]`))) {
    return { query: sql`codes && ${codes}::text[]`, someWords: false };
  }
  const all = sql`words @@ websearch_to_tsquery('english', ${rest || words})`;
  if (await isAny(ctx, all)) return { query: all, someWords: false };
  const some = (rest || words).match(/[\p{L}\p{N}]+/gu)?.join(' or ') ?? '';
  return { query: sql`words @@ websearch_to_tsquery('english', ${some})`, someWords: true };
};

const filters = (asked: SearchQuestion) => sql`(${asked.kind}::text is null or kind = ${asked.kind})
  and (${asked.route}::text is null or route = ${asked.route}) and (${asked.level}::integer is null or level = ${asked.level})`;

/**
 * Finds what is public. The best match stands first: words of a title count twenty times those of a text, and an entry whose
 * title is what was asked comes before all.
 *
 * @param page from 1.
 */
export const findEntries = async (ctx: Context, question: SearchQuestion, page: number): Promise<SearchAnswer> => {
  const asked = { ...question, words: question.words.slice(0, longestQuestion).trim() };
  const words = await spelt(ctx, asked.words);
  const { query, someWords } = await matchesOf(ctx, words);
  const some = words.match(/[\p{L}\p{N}]+/gu)?.join(' or ') ?? '';
  const facets = await sql<{
    readonly kind: string;
    readonly route: string | null;
    readonly level: number | null;
    readonly count: number;
  }>`
    select kind, route, level, count(*) as count from platform.search_entry where ${query} group by kind, route, level`.execute(
    ctx.db,
  );
  const { rows } = await sql<{
    readonly kind: string;
    readonly id: string;
    readonly href: string;
    readonly title: string;
    readonly excerpt: string;
    readonly route: string | null;
    readonly level: number | null;
  }>`
    with matching as materialized (
      select kind, id, ts_rank_cd('{0.05, 0.1, 0.3, 1}', words, websearch_to_tsquery('english', ${some}), 1)
        + case when lower(title) = lower(${words}) then 10 else similarity(lower(title), lower(${words})) end as rank
      from (select * from platform.search_entry where ${query} and ${filters(asked)} limit ${mostRanked}) as first_ones
      order by rank desc, title, id
      limit ${resultsPerPage} offset ${(page - 1) * resultsPerPage}
    )
    select e.kind, e.id, e.href, e.route, e.level,
      ts_headline('english', e.title, websearch_to_tsquery('english', ${some}), ${`StartSel=${start}, StopSel=${stop}, HighlightAll=true`}) as title,
      ts_headline('english', e.summary || ' … ' || e.body, websearch_to_tsquery('english', ${some}), ${`StartSel=${start}, StopSel=${stop}, MaxWords=35, MinWords=18, MaxFragments=2, FragmentDelimiter=" … "`}) as excerpt
    from matching m join platform.search_entry e using (kind, id) order by m.rank desc, e.title, e.id`.execute(ctx.db);
  const sum = (chosen: typeof facets.rows) => chosen.reduce((total, row) => total + Number(row.count), 0);
  const fits = (row: (typeof facets.rows)[number], without: 'kind' | null) =>
    (without === 'kind' || asked.kind === null || row.kind === asked.kind) &&
    (asked.route === null || row.route === asked.route) &&
    (asked.level === null || row.level === asked.level);
  const distinct = <Value>(values: readonly (Value | null)[]) => [...new Set(values.filter((one) => one !== null))];
  return {
    total: sum(facets.rows.filter((row) => fits(row, null))),
    found: rows.map((row) => ({ ...row, title: runsOf(row.title), excerpt: runsOf(row.excerpt) })),
    corrected: words === asked.words ? '' : words,
    someWords,
    kinds: distinct(facets.rows.map((row) => row.kind)).map((value) => ({
      value,
      count: sum(facets.rows.filter((row) => row.kind === value && fits(row, 'kind'))),
    })),
    routes: distinct(facets.rows.map((row) => row.route)).toSorted(),
    levels: distinct(facets.rows.map((row) => row.level)).toSorted((a, b) => a - b),
  };
};

/** Titles in which each word of what was typed so far begins a word. */
export const suggestTitles = async (
  ctx: Context,
  typed: string,
  limit = 6,
): Promise<readonly { readonly title: string; readonly href: string }[]> => {
  const words =
    typed
      .slice(0, longestQuestion)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const begins = words.map((word) => sql`lower(title) ~ ${`\\m${word}`}`);
  const { rows } = await sql<{ readonly title: string; readonly href: string }>`
    select title, href from platform.search_entry
    where ${sql.join(begins, sql` and `)} or codes @> array[${typed.trim().toUpperCase()}]
    order by lower(title) ~ ${`^${words[0]}`} desc, length(title), title limit ${limit}`.execute(ctx.db);
  return rows;
};
