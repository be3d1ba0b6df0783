import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { deleteKeptFile } from '#platform/files/kept-file.ts';
import type { ExampleFile, FileFacts } from '../domain/example-file.ts';
import { tables } from './tables.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('practice.example_file').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asFile = (row: Row): ExampleFile => ({
  id: row.id,
  example: row.example_id,
  title: row.title,
  file: row.file_id,
  type: row.type,
  ending: row.ending,
  size: row.size,
  facts: row.facts as FileFacts,
  heldBack: row.held_back,
});

/** In the order in which they came. */
export const listFiles = async (ctx: Context, example: string): Promise<readonly ExampleFile[]> =>
  (await rows(ctx).where('example_id', '=', example).orderBy('at').orderBy('title').execute()).map(asFile);

export const findFile = async (ctx: Context, example: string, id: string): Promise<ExampleFile | null> => {
  if (!isUuid(id)) return null;
  const row = await rows(ctx).where('id', '=', id).where('example_id', '=', example).executeTakeFirst();
  return row ? asFile(row) : null;
};

export const addFile = async (ctx: Context, one: Omit<ExampleFile, 'heldBack'>): Promise<void> => {
  await tables(ctx)
    .insertInto('practice.example_file')
    .values({
      id: one.id,
      example_id: one.example,
      title: one.title,
      file_id: one.file,
      type: one.type,
      ending: one.ending,
      size: one.size,
      facts: JSON.stringify(one.facts),
      at: ctx.clock(),
      held_back: null,
    })
    .execute();
};

export const setHeldBack = async (ctx: Context, id: string, reason: string | null): Promise<void> => {
  await tables(ctx).updateTable('practice.example_file').set({ held_back: reason }).where('id', '=', id).execute();
};

/** Deletes a file with its bytes. */
export const removeFile = async (ctx: Context, one: ExampleFile): Promise<void> => {
  await tables(ctx).deleteFrom('practice.example_file').where('id', '=', one.id).execute();
  await deleteKeptFile(ctx, one.file);
};

export const removeFiles = async (ctx: Context, example: string): Promise<void> => {
  for (const one of await listFiles(ctx, example)) await removeFile(ctx, one);
};
