import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

/** A file that was loaded on a page, to be entered once its difference was read. */
export type LoadedFile = {
  readonly id: string;
  readonly name: string;
  readonly fileId: string;
  readonly source: string;
  readonly asAt: string | null;
  readonly confirmedBy: string | null;
  readonly state: 'waiting' | 'entered' | 'put-away';
  readonly loadedAt: Date;
  readonly loadedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly outcome: string;
};

const rows = (ctx: Context) => tables(ctx).selectFrom('register.loaded_file').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asLoaded = (row: Row): LoadedFile => ({
  id: row.id,
  name: row.name,
  fileId: row.file_id,
  source: row.source,
  asAt: row.as_at,
  confirmedBy: row.confirmed_by,
  state: row.state as LoadedFile['state'],
  loadedAt: row.loaded_at,
  loadedBy: row.loaded_by,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  outcome: row.outcome,
});

export const addLoaded = async (
  ctx: Context,
  one: Pick<LoadedFile, 'id' | 'name' | 'fileId' | 'source' | 'asAt' | 'confirmedBy'> & { readonly by: string },
): Promise<void> => {
  await tables(ctx)
    .insertInto('register.loaded_file')
    .values({
      id: one.id,
      name: one.name,
      file_id: one.fileId,
      source: one.source,
      as_at: one.asAt,
      confirmed_by: one.confirmedBy,
      state: 'waiting',
      loaded_at: ctx.clock(),
      loaded_by: one.by,
      decided_at: null,
      decided_by: null,
      outcome: '',
    })
    .execute();
};

export const findLoaded = async (ctx: Context, id: string): Promise<LoadedFile | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asLoaded(row) : null;
};

/** The same, held until the transaction ends: two who decide at once follow one another. */
export const lockLoaded = async (ctx: Context, id: string): Promise<LoadedFile | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asLoaded(row) : null;
};

/** The newest first. */
export const listLoaded = async (ctx: Context, limit: number): Promise<readonly LoadedFile[]> =>
  (await rows(ctx).orderBy('loaded_at', 'desc').orderBy('id').limit(limit).execute()).map(asLoaded);

export const decideOnLoaded = async (
  ctx: Context,
  id: string,
  decision: { readonly state: 'entered' | 'put-away'; readonly by: string; readonly outcome: string },
): Promise<void> => {
  await tables(ctx)
    .updateTable('register.loaded_file')
    .set({
      state: decision.state,
      decided_at: ctx.clock(),
      decided_by: decision.by,
      outcome: decision.outcome,
    })
    .where('id', '=', id)
    .execute();
};
