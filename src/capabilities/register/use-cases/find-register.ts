import type { Context } from '#platform/context.ts';
import { asListed, type ListedEntry } from '../domain/listed-entry.ts';
import type { AsOf, Entry } from '../domain/register-entry.ts';
import type { RegisterFilters } from '../domain/register-filters.ts';
import { type FoundIds, findAsOf, findStanding, type Part } from '../store/find-entries.ts';
import { readStanding } from '../store/standing.ts';
import { readEntries } from './read-register.ts';

export type Found<One> = { readonly total: number; readonly entries: readonly One[] };

const inOrder = async (ctx: Context, asOf: AsOf, { total, ids }: FoundIds): Promise<Found<Entry>> => {
  const byId = new Map((await readEntries(ctx, asOf, ids)).map((one) => [one.id, one]));
  return { total, entries: ids.flatMap((id) => byId.get(id) ?? []) };
};

/** What a list says of the entries that match, in order. @param isToday: as things stand and are known today. */
export const listRegister = async (
  ctx: Context,
  asOf: AsOf,
  isToday: boolean,
  filters: RegisterFilters,
  part: Part,
): Promise<Found<ListedEntry>> => {
  const standing = isToday ? await findStanding(ctx, asOf.on, filters, part) : null;
  if (standing) return standing;
  const { total, entries } = await inOrder(ctx, asOf, await findAsOf(ctx, asOf, filters, part));
  return { total, entries: entries.map((one) => asListed(one, asOf.on)) };
};

/** The same with all that the register says of them. */
export const findRegister = async (
  ctx: Context,
  asOf: AsOf,
  isToday: boolean,
  filters: RegisterFilters,
  part: Part,
): Promise<Found<Entry>> => {
  const standing = isToday ? await findStanding(ctx, asOf.on, filters, part) : null;
  return inOrder(
    ctx,
    asOf,
    standing
      ? { total: standing.total, ids: standing.entries.map((one) => one.id) }
      : await findAsOf(ctx, asOf, filters, part),
  );
};

export const whatThereIs = readStanding;
