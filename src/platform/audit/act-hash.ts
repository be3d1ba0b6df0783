import { createHash } from 'node:crypto';
import type { ActRow } from '../db/rows.ts';

/** What the first batch follows. */
export const beforeTheFirst = '0'.repeat(64);

const sorted = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

export type HashedAct = { readonly [Key in keyof ActRow]: Key extends 'number' ? number : ActRow[Key] };

/** SHA-256 over everything an act's row says, in one fixed order. Personal values are in it as their keyed hashes. */
export const actHash = (act: HashedAct): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        act.id,
        act.number,
        act.at.toISOString(),
        act.name,
        act.door,
        act.actor_kind,
        act.actor,
        act.for_organisation,
        act.subject_kind,
        act.subject_id,
        sorted(act.before),
        sorted(act.after),
        sorted(act.personal),
      ]),
    )
    .digest('hex');

/** A batch's hash: over the batch before, its own number, and its acts in their order. */
export const batchHash = (batch: number, previous: string, acts: readonly HashedAct[]): string => {
  const hash = createHash('sha256').update(`${batch}\n${previous}\n`);
  for (const act of acts) hash.update(`${actHash(act)}\n`);
  return hash.digest('hex');
};
