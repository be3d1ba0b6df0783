import { randomUUID } from 'node:crypto';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { type RowDecision, rowKey } from '../domain/match-delivery.ts';
import type { DeliveryRow } from '../domain/register-file.ts';
import { tables } from './tables.ts';

export type UnmatchedRow = Omit<DeliveryRow, 'row'> & {
  readonly id: string;
  readonly row: number;
} & ListOrigin;

/** Where a list is from, and who confirms its offers; `null`: they wait for confirmation. */
export type ListOrigin = { readonly source: string; readonly asAt: string; readonly confirmedBy: string | null };

/** A newer list takes the place of what still waited from an older one: the same rows would be asked about twice. */
export const replaceUnmatched = async (
  ctx: Context,
  rows: readonly DeliveryRow[],
  { source, asAt, confirmedBy }: ListOrigin,
): Promise<void> => {
  const t = tables(ctx);
  await t.deleteFrom('register.unmatched').where('decided_at', 'is', null).execute();
  for (let first = 0; first < rows.length; first += 500)
    await t
      .insertInto('register.unmatched')
      .values(
        rows.slice(first, first + 500).map((one) => ({
          id: randomUUID(),
          provider: one.provider,
          postcode: one.postcode,
          qualification: one.qualification,
          row_number: one.row,
          source,
          as_at: asAt,
          confirmed_by: confirmedBy,
          made_at: ctx.clock(),
        })),
      )
      .execute();
};

const waiting = (ctx: Context) =>
  tables(ctx)
    .selectFrom('register.unmatched')
    .select([
      'id',
      'provider',
      'postcode',
      'qualification',
      'row_number as row',
      'source',
      'as_at as asAt',
      'confirmed_by as confirmedBy',
    ])
    .where('decided_at', 'is', null);

export const listUnmatched = (ctx: Context, limit: number): Promise<readonly UnmatchedRow[]> =>
  waiting(ctx).orderBy('row_number').orderBy('id').limit(limit).execute();

export const countUnmatched = async (ctx: Context): Promise<number> =>
  Number(
    (
      await tables(ctx)
        .selectFrom('register.unmatched')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('decided_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).count,
  );

export const lockUnmatched = async (ctx: Context, id: string): Promise<UnmatchedRow | null> =>
  (isUuid(id) ? await waiting(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined) ?? null;

export const decideUnmatched = async (
  ctx: Context,
  id: string,
  by: string,
  matched: { readonly ukprn: string; readonly entry: string } | null,
): Promise<void> => {
  await tables(ctx)
    .updateTable('register.unmatched')
    .set({
      decided_at: ctx.clock(),
      decided_by: by,
      decision: matched ? 'matched' : 'left-out',
      ukprn: matched?.ukprn ?? null,
      entry: matched?.entry ?? null,
    })
    .where('id', '=', id)
    .execute();
};

/** What was decided about the same words before, by `rowKey`: a newer list is not asked about again. */
export const decidedBefore = async (ctx: Context): Promise<ReadonlyMap<string, RowDecision>> =>
  new Map(
    (
      await tables(ctx)
        .selectFrom('register.unmatched')
        .select(['provider', 'postcode', 'qualification', 'ukprn', 'entry'])
        .where('decided_at', 'is not', null)
        .orderBy('decided_at')
        .execute()
    ).map(({ ukprn, entry, ...row }) => [rowKey(row), ukprn === null || entry === null ? null : { ukprn, entry }]),
  );
