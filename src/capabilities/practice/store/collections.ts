import type { Context } from '#platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import { tables } from './tables.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('practice.collection').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const withExamples = async (ctx: Context, found: readonly Row[]): Promise<readonly Collection[]> => {
  if (found.length === 0) return [];
  const collected = await tables(ctx)
    .selectFrom('practice.collected')
    .select(['collection_id', 'example_id'])
    .where(
      'collection_id',
      'in',
      found.map((one) => one.id),
    )
    .orderBy('place')
    .execute();
  return found.map((row) => ({
    id: row.id,
    slug: row.slug,
    title: row.title,
    words: row.words,
    revision: row.revision,
    changedAt: row.changed_at,
    publishedAt: row.published_at,
    examples: collected.filter((one) => one.collection_id === row.id).map((one) => one.example_id),
  }));
};

/** By title. */
export const listCollections = async (ctx: Context): Promise<readonly Collection[]> =>
  withExamples(ctx, await rows(ctx).orderBy('title').orderBy('id').execute());

/** Published ones that an example is in, by title. */
export const collectionsWith = async (ctx: Context, example: string): Promise<readonly Collection[]> =>
  withExamples(
    ctx,
    await rows(ctx)
      .where('published_at', 'is not', null)
      .where('id', 'in', (eb) =>
        eb.selectFrom('practice.collected').select('collection_id').where('example_id', '=', example),
      )
      .orderBy('title')
      .orderBy('id')
      .execute(),
  );

export const findCollection = async (ctx: Context, slug: string, lock = false): Promise<Collection | null> => {
  const query = rows(ctx).where('slug', '=', slug);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? ((await withExamples(ctx, [row]))[0] ?? null) : null;
};

/** @returns false where its address is taken, or the form was sent before. */
export const addCollection = async (
  ctx: Context,
  one: Pick<Collection, 'id' | 'slug' | 'title' | 'words'>,
  by: string | null,
): Promise<boolean> => {
  const at = ctx.clock();
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('practice.collection')
    .values({ ...one, revision: 1, made_by: by, made_at: at, changed_at: at, published_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

/** Writes the whole anew, and counts its revision. */
export const saveCollection = async (
  ctx: Context,
  id: string,
  one: Pick<Collection, 'title' | 'words' | 'examples' | 'publishedAt'>,
): Promise<void> => {
  await tables(ctx)
    .updateTable('practice.collection')
    .set(({ eb }) => ({
      title: one.title,
      words: one.words,
      published_at: one.publishedAt,
      changed_at: ctx.clock(),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
  await tables(ctx).deleteFrom('practice.collected').where('collection_id', '=', id).execute();
  if (one.examples.length === 0) return;
  await tables(ctx)
    .insertInto('practice.collected')
    .values(one.examples.map((example, place) => ({ collection_id: id, example_id: example, place })))
    .execute();
};

export const deleteCollection = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('practice.collection').where('id', '=', id).execute();
};

export const releaseCollections = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('practice.collection').set({ made_by: null }).where('made_by', '=', person).execute();
};
