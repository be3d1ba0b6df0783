import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { GuidePage, PageText, PageVersion } from '../domain/guide-page.ts';
import { tables } from './tables.ts';

const versionColumns = [
  'version.page_id as page',
  'version.number',
  'version.title',
  'version.summary',
  'version.body',
  'version.major',
  'version.change_note as changeNote',
  'version.published_at as publishedAt',
  'version.written_by as writtenBy',
  'version.checked_by as checkedBy',
] as const;

const versions = (ctx: Context) => tables(ctx).selectFrom('guidance.version as version').select(versionColumns);

const pagesWithCurrent = (ctx: Context) =>
  tables(ctx)
    .selectFrom('guidance.page as page')
    .innerJoin('guidance.version as version', 'version.page_id', 'page.id')
    .select(versionColumns)
    .select([
      'page.topic',
      'page.place',
      'page.owner',
      'page.routes',
      'page.review_due as reviewDue',
      'page.withdrawn_at as withdrawnAt',
      'page.withdrawn_reason as withdrawnReason',
      'page.superseded_by as supersededBy',
    ])
    .where(({ eb, selectFrom }) =>
      eb(
        'version.number',
        '=',
        selectFrom('guidance.version as newest')
          .select(({ fn }) => fn.max('newest.number').as('number'))
          .whereRef('newest.page_id', '=', 'page.id'),
      ),
    );

type Row = Awaited<ReturnType<ReturnType<typeof pagesWithCurrent>['executeTakeFirstOrThrow']>>;

const asPage = ({
  topic,
  place,
  owner,
  routes,
  reviewDue,
  withdrawnAt,
  withdrawnReason,
  supersededBy,
  ...current
}: Row): GuidePage => ({
  id: current.page,
  topic,
  place,
  owner,
  routes,
  reviewDue,
  withdrawn: withdrawnAt ? { at: withdrawnAt, reason: withdrawnReason ?? '', supersededBy } : null,
  current,
});

/** Every page in the guide's order, with what it says now. */
export const listPages = async (ctx: Context): Promise<readonly GuidePage[]> =>
  (await pagesWithCurrent(ctx).orderBy('page.place').execute()).map(asPage);

export const findPage = async (ctx: Context, id: string): Promise<GuidePage | null> => {
  const row = await pagesWithCurrent(ctx).where('page.id', '=', id).executeTakeFirst();
  return row ? asPage(row) : null;
};

/** The versions of a page, the newest first. */
export const listVersions = (ctx: Context, page: string): Promise<readonly PageVersion[]> =>
  versions(ctx).where('version.page_id', '=', page).orderBy('version.number', 'desc').execute();

/** Major versions of all pages, the newest first: what "all updates" and the feed tell. */
export const listUpdates = (ctx: Context, limit: number): Promise<readonly PageVersion[]> =>
  versions(ctx)
    .where('version.major', '=', true)
    .orderBy('version.published_at', 'desc')
    .orderBy('version.page_id')
    .limit(limit)
    .execute();

export type NewPage = PageText & {
  readonly id: string;
  readonly place: number;
  readonly topic: string;
  readonly reviewDue: string;
  readonly owner?: string | null;
  readonly routes?: readonly string[];
};

/** @returns false where the address is taken. */
export const addPage = async (ctx: Context, page: Omit<NewPage, keyof PageText>): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('guidance.page')
    .values({
      id: page.id,
      place: page.place,
      topic: page.topic,
      review_due: page.reviewDue,
      owner: page.owner ?? null,
      routes: [...(page.routes ?? [])],
      made_at: ctx.clock(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const addVersion = async (
  ctx: Context,
  page: string,
  version: PageText & Pick<PageVersion, 'number' | 'major' | 'changeNote' | 'writtenBy' | 'checkedBy'>,
): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.version')
    .values({
      page_id: page,
      number: version.number,
      title: version.title,
      summary: version.summary,
      body: version.body,
      major: version.major,
      change_note: version.changeNote,
      published_at: ctx.clock(),
      written_by: version.writtenBy,
      checked_by: version.checkedBy,
    })
    .execute();
};

export type Draft = PageText & {
  readonly page: string;
  /** Grows with each save: a form that was opened before says an older one. */
  readonly revision: number;
  readonly major: boolean;
  readonly changeNote: string;
  readonly state: 'draft' | 'submitted' | 'scheduled';
  readonly editedBy: string;
  readonly editedAt: Date;
  /** Of a scheduled one alone. */
  readonly publishAt: Date | null;
  readonly checkedBy: string | null;
};

export const findDraft = (ctx: Context, page: string): Promise<Draft | undefined> =>
  tables(ctx)
    .selectFrom('guidance.draft')
    .select([
      'page_id as page',
      'revision',
      'title',
      'summary',
      'body',
      'major',
      'change_note as changeNote',
      sql<Draft['state']>`state`.as('state'),
      'edited_by as editedBy',
      'edited_at as editedAt',
      'publish_at as publishAt',
      'checked_by as checkedBy',
    ])
    .where('page_id', '=', page)
    .executeTakeFirst();

/** Pages whose draft is to be published by now, the earliest first. */
export const dueDrafts = async (ctx: Context): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('guidance.draft')
      .select('page_id')
      .where('publish_at', '<=', ctx.clock())
      .orderBy('publish_at')
      .execute()
  ).map((row) => row.page_id);

export const setSchedule = async (ctx: Context, page: string, publishAt: Date, checkedBy: string): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.draft')
    .set({ state: 'scheduled', publish_at: publishAt, checked_by: checkedBy })
    .where('page_id', '=', page)
    .execute();
};

/** The page's row, locked until the transaction ends: of two editors at once the second sees what the first did. */
export const lockPage = async (ctx: Context, page: string): Promise<boolean> =>
  (await tables(ctx).selectFrom('guidance.page').select('id').where('id', '=', page).forUpdate().execute()).length ===
  1;

export const saveDraft = async (
  ctx: Context,
  draft: Omit<Draft, 'editedAt' | 'publishAt' | 'checkedBy'>,
): Promise<void> => {
  const values = {
    revision: draft.revision,
    title: draft.title,
    summary: draft.summary,
    body: draft.body,
    major: draft.major,
    change_note: draft.changeNote,
    state: draft.state,
    edited_by: draft.editedBy,
    edited_at: ctx.clock(),
    publish_at: null,
    checked_by: null,
  };
  await tables(ctx)
    .insertInto('guidance.draft')
    .values({ page_id: draft.page, ...values })
    .onConflict((conflict) => conflict.column('page_id').doUpdateSet(values))
    .execute();
};

/** What was handed over or checked is a draft again, since something that comes with it has changed. */
export const reopenDraft = async (ctx: Context, page: string): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.draft')
    .set(({ eb }) => ({ state: 'draft', publish_at: null, checked_by: null, revision: eb('revision', '+', 1) }))
    .where('page_id', '=', page)
    .where('state', '<>', 'draft')
    .execute();
};

export const deleteDraft = async (ctx: Context, page: string): Promise<void> => {
  await tables(ctx).deleteFrom('guidance.draft').where('page_id', '=', page).execute();
};

export const setWithdrawn = async (
  ctx: Context,
  page: string,
  reason: string | null,
  supersededBy: string | null,
): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.page')
    .set({ withdrawn_at: reason === null ? null : ctx.clock(), withdrawn_reason: reason, superseded_by: supersededBy })
    .where('id', '=', page)
    .execute();
};
