import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { Draft } from './guide.ts';
import { tables } from './tables.ts';

/** A page as editors see it, published or not yet. */
export type PageOnDesk = {
  readonly id: string;
  readonly topic: string;
  readonly place: number;
  readonly owner: string | null;
  readonly routes: readonly string[];
  readonly reviewDue: string;
  readonly withdrawn: boolean;
  /** `null`: never published. */
  readonly publishedTitle: string | null;
  readonly draft: Pick<Draft, 'title' | 'state' | 'editedBy' | 'editedAt' | 'publishAt'> | null;
};

export const listPagesOnDesk = async (ctx: Context): Promise<readonly PageOnDesk[]> => {
  const rows = await tables(ctx)
    .selectFrom('guidance.page as page')
    .leftJoin('guidance.draft as draft', 'draft.page_id', 'page.id')
    .select(({ selectFrom }) => [
      'page.id',
      'page.topic',
      'page.place',
      'page.owner',
      'page.routes',
      'page.review_due as reviewDue',
      'page.withdrawn_at as withdrawnAt',
      selectFrom('guidance.version as version')
        .select('version.title')
        .whereRef('version.page_id', '=', 'page.id')
        .orderBy('version.number', 'desc')
        .limit(1)
        .as('publishedTitle'),
      'draft.title as draftTitle',
      sql<Draft['state'] | null>`draft.state`.as('state'),
      'draft.edited_by as editedBy',
      'draft.edited_at as editedAt',
      'draft.publish_at as publishAt',
    ])
    .orderBy('page.place')
    .orderBy('page.id')
    .execute();
  return rows.map(({ withdrawnAt, draftTitle, state, editedBy, editedAt, publishAt, ...page }) => ({
    ...page,
    withdrawn: withdrawnAt !== null,
    draft: state && editedBy && editedAt ? { title: draftTitle ?? '', state, editedBy, editedAt, publishAt } : null,
  }));
};

export const findPageOnDesk = async (ctx: Context, id: string): Promise<PageOnDesk | null> =>
  (await listPagesOnDesk(ctx)).find((one) => one.id === id) ?? null;

export type AboutPage = Pick<PageOnDesk, 'topic' | 'place' | 'owner' | 'routes'>;

export const setAboutPage = async (ctx: Context, id: string, about: AboutPage): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.page')
    .set({ topic: about.topic, place: about.place, owner: about.owner, routes: [...about.routes] })
    .where('id', '=', id)
    .execute();
};

/** Makes room for a page after another one: all that come later move on by one. */
export const makePlaceAfter = async (ctx: Context, place: number): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.page')
    .set(({ eb }) => ({ place: eb('place', '+', 1) }))
    .where('place', '>', place)
    .execute();
};

/** A page that was never published, and has no files; its address is free again. */
export const deleteUnpublished = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('guidance.page')
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('guidance.version').select('number').where('page_id', '=', id))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('guidance.attachment').select('id').where('page_id', '=', id))),
    )
    .execute();
};

export const addReview = async (
  ctx: Context,
  page: string,
  review: { readonly by: string; readonly nextDue: string; readonly note: string },
): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.review')
    .values({ page_id: page, at: ctx.clock(), by: review.by, next_due: review.nextDue, note: review.note })
    .execute();
  await tables(ctx).updateTable('guidance.page').set({ review_due: review.nextDue }).where('id', '=', page).execute();
};

export type Review = { readonly page: string; readonly at: Date; readonly by: string; readonly note: string };

/** The newest first. */
export const listReviews = (ctx: Context, page: string): Promise<readonly Review[]> =>
  tables(ctx)
    .selectFrom('guidance.review')
    .select(['page_id as page', 'at', 'by', 'note'])
    .where('page_id', '=', page)
    .orderBy('at', 'desc')
    .execute();

/** @returns false where this reminder was sent before. */
export const noteReminder = async (
  ctx: Context,
  page: string,
  reviewDue: string,
  step: number,
  climbed: boolean,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('guidance.review_reminder')
    .values({ page_id: page, review_due: reviewDue, step, climbed, sent_at: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['page_id', 'review_due', 'step']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const pagesOwnedBy = async (ctx: Context, person: string): Promise<readonly string[]> =>
  (await tables(ctx).selectFrom('guidance.page').select('id').where('owner', '=', person).execute()).map(
    (row) => row.id,
  );

/** The pages are the administrators' until someone takes them. */
export const releasePagesOf = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('guidance.page').set({ owner: null }).where('owner', '=', person).execute();
};
