import { sql } from 'kysely';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Guideline } from '../domain/mark-rules.ts';
import { tables } from './tables.ts';

export type StoredGuideline = {
  readonly id: string;
  readonly settings: Guideline;
  readonly loadedAt: Date;
  readonly loadedBy: string | null;
  readonly checkedAt: Date | null;
  readonly samePerson: boolean | null;
  /** The guideline itself as a PDF, in platform.file; `null`: it was not loaded. */
  readonly documentId: string | null;
  /** Each scheme's file. */
  readonly files: ReadonlyMap<string, string>;
};

const guidelines = (ctx: Context) =>
  tables(ctx)
    .selectFrom('quality_mark.guideline')
    .select([
      'id',
      // Written from a Guideline alone, below.
      sql<Guideline>`settings`.as('settings'),
      'loaded_at as loadedAt',
      'loaded_by as loadedBy',
      'checked_at as checkedAt',
      'same_person as samePerson',
      'document_id as documentId',
    ])
    .where('refused_at', 'is', null);

const withFiles = async (
  ctx: Context,
  row: Omit<StoredGuideline, 'files'> | undefined,
): Promise<StoredGuideline | null> => {
  if (!row) return null;
  const files = await tables(ctx)
    .selectFrom('quality_mark.artwork')
    .select(['scheme', 'file_id'])
    .where('guideline_id', '=', row.id)
    .execute();
  return { ...row, files: new Map(files.map((one) => [one.scheme, one.file_id])) };
};

/** What holds: the newest that was checked. */
export const guidelineNow = async (ctx: Context): Promise<StoredGuideline | null> =>
  withFiles(
    ctx,
    await guidelines(ctx).where('checked_at', 'is not', null).orderBy('checked_at', 'desc').limit(1).executeTakeFirst(),
  );

/** What waits for its check, the newest first. */
export const waitingGuideline = async (ctx: Context): Promise<StoredGuideline | null> =>
  withFiles(
    ctx,
    await guidelines(ctx).where('checked_at', 'is', null).orderBy('loaded_at', 'desc').limit(1).executeTakeFirst(),
  );

export const findGuideline = async (ctx: Context, id: string): Promise<StoredGuideline | null> =>
  isUuid(id) ? withFiles(ctx, await guidelines(ctx).where('id', '=', id).executeTakeFirst()) : null;

/** @returns false where it is there already: a form that was sent twice. */
export const addGuideline = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly settings: Guideline;
    readonly loadedBy: string;
    readonly documentId: string | null;
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('quality_mark.guideline')
    .values({
      id: one.id,
      settings: JSON.stringify(one.settings),
      document_id: one.documentId,
      loaded_at: ctx.clock(),
      loaded_by: one.loadedBy,
      checked_at: null,
      checked_by: null,
      same_person: null,
      refused_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const addArtwork = async (ctx: Context, guideline: string, scheme: string, file: string): Promise<void> => {
  await tables(ctx)
    .insertInto('quality_mark.artwork')
    .values({ guideline_id: guideline, scheme, file_id: file })
    .execute();
};

/** @returns false where someone decided before. */
export const decideGuideline = async (
  ctx: Context,
  id: string,
  how: { readonly kind: 'checked'; readonly by: string; readonly samePerson: boolean } | { readonly kind: 'refused' },
): Promise<boolean> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('quality_mark.guideline')
    .set(
      how.kind === 'checked'
        ? { checked_at: ctx.clock(), checked_by: how.by, same_person: how.samePerson }
        : { refused_at: ctx.clock() },
    )
    .where('id', '=', id)
    .where('checked_at', 'is', null)
    .where('refused_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const forgetLoader = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx)
    .updateTable('quality_mark.guideline')
    .set({ loaded_by: null })
    .where('loaded_by', '=', person)
    .execute();
  await tables(ctx)
    .updateTable('quality_mark.guideline')
    .set({ checked_by: null })
    .where('checked_by', '=', person)
    .execute();
};
