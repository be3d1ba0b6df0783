import type { Context } from '#platform/context.ts';
import type { Cell } from '#platform/sheets/sheet.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { providersOf } from '../domain/listed-entry.ts';
import type { Approval, AsOf, Entry } from '../domain/register-entry.ts';
import type { RegisterFilters } from '../domain/register-filters.ts';
import { entryPath } from '../paths.ts';
import { findRegister } from './find-register.ts';
import { endedApprovals, readProviders } from './read-register.ts';
import { registerKind } from './register-kind.ts';

/** The most that one file holds: every register there can be. */
const most = 100_000;

/** Headers of the register's own file: what `htq import register` reads back. */
export const registerHeaders = [
  'id',
  'number',
  'otherNumbers',
  'title',
  'level',
  'awardingOrganisation',
  'route',
  'credits',
  'occupation',
  'occupationTitle',
  'standardVersion',
  'option',
  'cycle',
  'approvedOn',
  'firstTeach',
  'nextReview',
  'withdrawnOn',
  'withdrawalReason',
  'providers',
  'providersNotConfirmed',
  'source',
  'retrievedOn',
  'recordedAt',
] as const;

/** A row for each approval, and for the last of each occupation that was withdrawn: an import reads the same of them. */
const rowsOf = (entry: Entry, ended: readonly Approval[], on: string): readonly (readonly Cell[])[] => {
  const { confirmed, unconfirmed } = providersOf(entry, on);
  const head = [
    entry.id,
    entry.numbers[0] ?? '',
    entry.numbers.slice(1).join('; '),
    entry.title,
    entry.level,
    entry.awardingOrganisation,
    entry.route,
    entry.credits,
  ];
  const tail = [
    confirmed.join('; '),
    unconfirmed.join('; '),
    entry.source,
    entry.retrievedOn,
    entry.recordedAt.toISOString(),
  ];
  // An approval ends on the day of its withdrawal.
  const withdrawalOf = (one: Approval) =>
    entry.withdrawals.find(
      (each) => each.on === one.until && (each.occupation === null || each.occupation === one.occupation),
    );
  const before = ended.filter(
    (one, at) =>
      withdrawalOf(one) !== undefined && ended.findIndex((each) => each.occupation === one.occupation) === at,
  );
  const all = [...entry.approvals, ...before];
  if (all.length === 0) return [[...head, ...Array.from({ length: 10 }, () => null), ...tail]];
  return all.map((one) => [
    ...head,
    one.occupation,
    one.occupationTitle,
    one.standardVersion,
    one.option,
    one.cycle,
    one.approvedOn,
    one.firstTeach,
    one.nextReview,
    withdrawalOf(one)?.on ?? null,
    withdrawalOf(one)?.reason ?? null,
    ...tail,
  ]);
};

export const registerAsCsv = async (
  ctx: Context,
  asOf: AsOf,
  isToday: boolean,
  filters: RegisterFilters,
): Promise<Uint8Array> => {
  const { entries } = await findRegister(ctx, asOf, isToday, filters, { skip: 0, take: most });
  const ended = await endedApprovals(
    ctx,
    asOf,
    entries.map((one) => one.id),
  );
  return writeCsv([[...registerHeaders], ...entries.flatMap((one) => rowsOf(one, ended.get(one.id) ?? [], asOf.on))]);
};

/** An entry as data: what the pages show, with where each of it comes from. */
export const entryAsData = async (ctx: Context, asOf: AsOf, entry: Entry): Promise<object> => {
  const providers = await readProviders(ctx, asOf, [...new Set(entry.offers.map((one) => one.ukprn))]);
  const { state, offers, recordedAt, ...rest } = entry;
  return {
    ...rest,
    state,
    address: `${ctx.address}${entryPath(entry.id)}`,
    offers: offers.map((one) => ({ ...one, provider: providers.get(one.ukprn) ?? { ukprn: one.ukprn } })),
    recordedAt: recordedAt.toISOString(),
  };
};

export const registerAsJson = async (
  ctx: Context,
  asOf: AsOf,
  isToday: boolean,
  filters: RegisterFilters,
): Promise<string> => {
  const { entries } = await findRegister(ctx, asOf, isToday, filters, { skip: 0, take: most });
  const providers = await readProviders(ctx, asOf, [
    ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
  ]);
  return JSON.stringify(
    {
      register: await registerKind(ctx),
      on: asOf.on,
      known: asOf.known?.toISOString() ?? ctx.clock().toISOString(),
      providers: [...providers.values()],
      qualifications: entries.map((one) => ({ ...one, address: `${ctx.address}${entryPath(one.id)}` })),
    },
    null,
    1,
  );
};
