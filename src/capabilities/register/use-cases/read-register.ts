import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { Fact } from '../domain/fact.ts';
import {
  type Approval,
  type AsOf,
  asApproval,
  asOffer,
  asWithdrawal,
  type Entry,
  type Offer,
  type Provider,
  stateOf,
} from '../domain/register-entry.ts';
import { numberKey } from '../domain/register-file.ts';
import { factsBelieved, factsEver, factsHolding, ofKind } from '../store/facts.ts';

/** As things are known and stand today. */
export const asOfToday = (ctx: Context): AsOf => ({ on: londonDay(ctx.clock()), known: null });

/** Entries with all that the register says of them at one time, by title. Ids that it did not hold then are left out. */
export const readEntries = async (ctx: Context, asOf: AsOf, ids: readonly string[]): Promise<readonly Entry[]> => {
  if (ids.length === 0) return [];
  const facts = await factsHolding(ctx, asOf, {
    qualifications: ids,
    kinds: ['qualification', 'approval', 'offer', 'change'],
  });
  const withdrawals = await factsBelieved(ctx, asOf, { qualifications: ids, kinds: ['withdrawal'] });
  const byQualification = Map.groupBy([...facts, ...withdrawals], (one) => one.keys.qualification ?? '');
  return ids
    .flatMap((id) => asEntry(asOf, id, byQualification.get(id) ?? []) ?? [])
    .toSorted((one, other) => one.title.localeCompare(other.title, 'en-GB'));
};

const asEntry = (asOf: AsOf, id: string, facts: readonly Fact[]): Entry | null => {
  const [own] = ofKind(facts, 'qualification');
  if (!own) return null;
  const approvals = ofKind(facts, 'approval').map(asApproval);
  const withdrawals = ofKind(facts, 'withdrawal').map(asWithdrawal);
  return {
    ...own.body,
    id,
    approvals,
    withdrawals,
    offers: ofKind(facts, 'offer').map(asOffer),
    changes: ofKind(facts, 'change').map((one) => ({ ...one.body, id: one.subject })),
    state: stateOf(asOf.on, approvals, withdrawals),
    source: own.source,
    retrievedOn: own.retrievedOn,
    recordedAt: own.recordedAt,
  };
};

export const readEntry = async (ctx: Context, asOf: AsOf, id: string): Promise<Entry | null> =>
  (await readEntries(ctx, asOf, [id]))[0] ?? null;

/** The title of another entry that has one of these numbers, today or later, however it is written. */
export const entryNumbered = async (
  ctx: Context,
  numbers: readonly string[],
  besides: string | null,
): Promise<string | undefined> => {
  const asked = new Set(numbers.map(numberKey));
  return ofKind(await standingFrom(ctx, asOfToday(ctx).on, { kinds: ['qualification'] }), 'qualification').find(
    (one) => one.subject !== besides && one.body.numbers.some((number) => asked.has(numberKey(number))),
  )?.body.title;
};

/** Providers by UKPRN, as they were at the time asked about. */
export const readProviders = async (
  ctx: Context,
  asOf: AsOf,
  ukprns: readonly string[],
): Promise<ReadonlyMap<string, Provider>> =>
  new Map(
    ofKind(
      ukprns.length === 0 ? [] : await factsHolding(ctx, asOf, { kinds: ['provider'], subjects: ukprns }),
      'provider',
    ).map((one) => [one.subject, { ...one.body, ukprn: one.subject }]),
  );

export const offersOfProvider = async (ctx: Context, asOf: AsOf, ukprn: string): Promise<readonly Offer[]> =>
  ofKind(await factsHolding(ctx, asOf, { kinds: ['offer'], ukprns: [ukprn] }), 'offer').map(asOffer);

/** What a provider offers today, and what it is to offer later. */
export const offersFromToday = async (ctx: Context, ukprn: string): Promise<readonly Offer[]> =>
  ofKind(await standingFrom(ctx, asOfToday(ctx).on, { ukprns: [ukprn], kinds: ['offer'] }), 'offer').map(asOffer);

/** What holds on a day, and what is to begin later, as is known today. */
export const standingFrom = async (
  ctx: Context,
  day: string,
  filter: Parameters<typeof factsBelieved>[2],
): Promise<readonly Fact[]> =>
  (await factsBelieved(ctx, { on: day, known: null }, filter)).filter((one) => one.to === null || one.to > day);

/** Approvals and offers of an entry that begin after today, as is known today: the first to begin first. */
export const toComeOf = async (
  ctx: Context,
  id: string,
): Promise<{
  readonly approvals: readonly (Approval & { readonly from: string })[];
  readonly offers: readonly Offer[];
}> => {
  const today = asOfToday(ctx).on;
  const facts = (await standingFrom(ctx, today, { qualifications: [id], kinds: ['approval', 'offer'] }))
    .filter((one) => one.from > today)
    .toSorted((one, other) => one.from.localeCompare(other.from));
  return {
    approvals: ofKind(facts, 'approval').map((one) => ({ ...asApproval(one), from: one.from })),
    offers: ofKind(facts, 'offer').map(asOffer),
  };
};

/** Entries approved for an occupation at the time asked about. */
export const entriesForOccupation = async (ctx: Context, asOf: AsOf, occupation: string): Promise<readonly Entry[]> => {
  const facts = await factsHolding(ctx, asOf, { kinds: ['approval'], occupations: [occupation] });
  return readEntries(ctx, asOf, [...new Set(facts.map((one) => one.keys.qualification ?? ''))]);
};

/** What entries were approved for before, and no longer are, at the time asked about, by their ids: the last first. */
export const endedApprovals = async (
  ctx: Context,
  asOf: AsOf,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Approval[]>> => {
  const believed = ofKind(await factsBelieved(ctx, asOf, { qualifications: ids, kinds: ['approval'] }), 'approval');
  const now = new Set(
    believed.filter((one) => one.from <= asOf.on && (one.to ?? '9999') > asOf.on).map((one) => one.subject),
  );
  const ended = believed
    .filter((one) => one.to !== null && one.to <= asOf.on && !now.has(one.subject))
    .toSorted((one, other) => (other.to ?? '').localeCompare(one.to ?? ''));
  return new Map(
    [...Map.groupBy(ended, (one) => one.keys.qualification ?? '')].map(([id, all]) => [id, all.map(asApproval)]),
  );
};

/** All facts of an entry, in the order in which they were recorded. */
export const historyOf = (ctx: Context, id: string): Promise<readonly Fact[]> =>
  factsEver(ctx, { qualifications: [id] });
