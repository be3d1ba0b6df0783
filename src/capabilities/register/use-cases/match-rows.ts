import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type KnownProvider, nameKey, offerFromList, postcodeKey } from '../domain/match-delivery.ts';
import { titleKey } from '../domain/register-file.ts';
import { keepRegister } from '../policy.ts';
import { factsHolding, lockRegister, ofKind } from '../store/facts.ts';
import {
  countUnmatched,
  decideUnmatched,
  listUnmatched,
  lockUnmatched,
  type UnmatchedRow,
} from '../store/unmatched.ts';
import { enterFacts } from './enter-facts.ts';
import { knownProviders } from './import-register.ts';
import { asOfToday, readEntry } from './read-register.ts';

export type Suggestion = { readonly id: string; readonly text: string };
export type RowToMatch = UnmatchedRow & {
  readonly providers: readonly Suggestion[];
  readonly entries: readonly Suggestion[];
};

/** Suggestions that are shown of each kind. */
const shown = 5;

/** Runs of three letters, so that a name with a letter wrong is still near: "northfeld" and "northfield" share most of theirs. */
const runsOf = (name: string): ReadonlySet<string> => {
  const text = `  ${name} `;
  return new Set(Array.from({ length: text.length - 2 }, (_, at) => text.slice(at, at + 3)));
};

/** What two names share, as a part of all that they have. */
const likeness = (one: string, other: string): number => {
  const [a, b] = [runsOf(one), runsOf(other)];
  const shared = [...a].filter((run) => b.has(run)).length;
  return shared / (a.size + b.size - shared);
};

/** Names that share less have nothing to do with each other. */
const leastLike = 0.15;

const best = <Thing>(
  all: readonly Thing[],
  key: (one: Thing) => string,
  asked: string,
  isAlso: (one: Thing) => boolean = () => false,
): readonly Thing[] =>
  all
    .map((one) => ({ one, score: likeness(key(one), asked) + (isAlso(one) ? 1 : 0) }))
    .filter(({ score }) => score >= leastLike)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, shown)
    .map(({ one }) => one);

const isAt = (one: KnownProvider, postcode: string): boolean =>
  postcode !== '' && postcodeKey(one.postcode) === postcodeKey(postcode);

/** The first rows that match nothing by themselves, each with what comes nearest. */
export const rowsToMatch = async (
  ctx: Context,
  limit: number,
): Promise<{ readonly count: number; readonly rows: readonly RowToMatch[] }> => {
  const rows = await listUnmatched(ctx, limit);
  if (rows.length === 0) return { count: 0, rows: [] };
  const { all } = await knownProviders(ctx);
  const entries = ofKind(await factsHolding(ctx, asOfToday(ctx), { kinds: ['qualification'] }), 'qualification');
  return {
    count: await countUnmatched(ctx),
    rows: rows.map((row) => ({
      ...row,
      providers: best<KnownProvider>(
        all,
        (one) => nameKey(one.name),
        nameKey(row.provider),
        (one) => isAt(one, row.postcode),
      ).map((one) => ({
        id: one.ukprn,
        text: `${one.name}${one.town ? `, ${one.town}` : ''} (${one.ukprn})${isAt(one, row.postcode) ? ', at this postcode' : ''}`,
      })),
      entries: best(entries, (one) => titleKey(one.body.title), titleKey(row.qualification)).map(
        ({ subject, body }) => ({ id: subject, text: `${body.title} (${body.numbers[0] ?? subject})` }),
      ),
    })),
  };
};

export type MatchRefusal = 'unknown' | 'no-provider' | 'no-entry';

/** Says what a row means, or that it is left out. A later list that has the same words is not asked about again. */
export const matchRow = (
  ctx: Context,
  person: Person,
  id: string,
  matched: { readonly ukprn: string; readonly entry: string } | null,
): Promise<Result<void, MatchRefusal>> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    const row = await lockUnmatched(inside, id);
    if (!row) return refused('unknown');
    if (matched) {
      // What is read here must not be written after someone else has entered something newer.
      await lockRegister(inside);
      const { all, inRegister } = await knownProviders(inside);
      const provider = all.find((one) => one.ukprn === matched.ukprn);
      if (!provider) return refused('no-provider');
      const entry = await readEntry(inside, asOfToday(inside), matched.entry);
      if (!entry) return refused('no-entry');
      await enterFacts(
        inside,
        offerFromList(row, provider, entry, {
          asAt: row.asAt,
          confirmedBy: row.confirmedBy,
          isKnown: inRegister.has(provider.ukprn),
        }).assertions,
        { source: row.source, retrievedOn: row.asAt },
        {
          name: 'register.row-matched',
          subject: { kind: 'register-entry', id: entry.id },
          after: { row: row.row, ukprn: provider.ukprn },
        },
      );
    } else await recordAct(inside, { name: 'register.row-left-out', after: { row: row.row, source: row.source } });
    await decideUnmatched(inside, id, person.id, matched);
    return ok(undefined);
  });
};
