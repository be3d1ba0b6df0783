import type { Context } from '#platform/context.ts';
import type { AsOf, Entry } from '../domain/register-entry.ts';
import type { RegisterFilters } from '../domain/register-filters.ts';
import { findAsOf, findStanding, type Part, registerHeld } from '../store/find-entries.ts';
import { readEntries } from './read-register.ts';

export type Found = { readonly total: number; readonly entries: readonly Entry[] };

/** Entries that match, in order. @param isToday: as things stand and are known today. */
export const findRegister = async (
  ctx: Context,
  asOf: AsOf,
  isToday: boolean,
  filters: RegisterFilters,
  part: Part,
): Promise<Found> => {
  const { total, ids } = isToday ? await findStanding(ctx, filters, part) : await findAsOf(ctx, asOf, filters, part);
  const byId = new Map((await readEntries(ctx, asOf, ids)).map((one) => [one.id, one]));
  return { total, entries: ids.flatMap((id) => byId.get(id) ?? []) };
};

export const whatThereIs = registerHeld;
