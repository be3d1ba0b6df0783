import { createHash, randomUUID } from 'node:crypto';
import { type Context, demandTransaction } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';

export type KeptFile = { readonly id: string; readonly type: string; readonly size: number };

const files = (ctx: Context) => ctx.db.withTables<PlatformTables>();

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Keeps a file's bytes with the rows that will name it. @returns its id. */
export const keepFile = async (ctx: Context, type: string, bytes: Uint8Array): Promise<string> => {
  demandTransaction(ctx, 'A file');
  const id = randomUUID();
  await files(ctx)
    .insertInto('platform.file')
    .values({
      id,
      type,
      sha256: digestOf(bytes),
      size: bytes.length,
      bytes: Buffer.from(bytes),
      made_at: ctx.clock(),
    })
    .execute();
  return id;
};

export const readKeptFile = async (
  ctx: Context,
  id: string,
): Promise<(KeptFile & { readonly bytes: Uint8Array }) | undefined> =>
  files(ctx)
    .selectFrom('platform.file')
    .select(['id', 'type', 'size', 'bytes'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Whether one of some files has these very bytes. */
export const isKept = async (ctx: Context, ids: readonly string[], bytes: Uint8Array): Promise<boolean> =>
  ids.length > 0 &&
  (await files(ctx)
    .selectFrom('platform.file')
    .select('id')
    .where('id', 'in', ids)
    .where('sha256', '=', digestOf(bytes))
    .executeTakeFirst()) !== undefined;

/** For files that nothing names any more. */
export const deleteKeptFile = async (ctx: Context, id: string): Promise<void> => {
  await files(ctx).deleteFrom('platform.file').where('id', '=', id).execute();
};
