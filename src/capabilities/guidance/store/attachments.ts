import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { Attachment, AttachmentFacts, AttachmentKind } from '../domain/attachment.ts';
import { tables } from './tables.ts';

type Row = {
  readonly id: string;
  readonly page: string;
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly title: string;
  readonly source: string;
  readonly columns: string;
  readonly leftOut: boolean;
  readonly number: number;
  readonly file: string;
  readonly ending: string;
  readonly size: number;
  readonly type: string;
  readonly note: string;
  readonly facts: AttachmentFacts;
  readonly madeAt: Date;
};

const asAttachment = (row: Row): Attachment => {
  const { id, page, name, kind, title, source, columns, leftOut, ...revision } = row;
  return { id, page, name, kind, title, source, columns, leftOut, revision };
};

const all = sql`
  select a.id, a.page_id as page, a.name, a.kind, a.title, a.source, a.columns, a.left_out as "leftOut",
    r.number, r.file_id as file, r.ending, f.size, f.type, r.note, r.facts, r.made_at as "madeAt"
  from guidance.attachment a
  join guidance.attachment_revision r on r.attachment_id = a.id
  join platform.file f on f.id = r.file_id`;

/** Every revision of what hangs on a page, the newest first. */
export const listRevisions = async (ctx: Context, page: string, name: string): Promise<readonly Attachment[]> =>
  (
    await sql<Row>`${all} where a.page_id = ${page} and a.name = ${name} order by r.number desc`.execute(ctx.db)
  ).rows.map(asAttachment);

/** What hangs on a page, each in its newest revision, whether published or not. */
export const newestAttachments = async (ctx: Context, page: string): Promise<readonly Attachment[]> =>
  (
    await sql<Row>`${all} where a.page_id = ${page} and r.number = (
      select max(number) from guidance.attachment_revision n where n.attachment_id = a.id) order by a.title`.execute(
      ctx.db,
    )
  ).rows.map(asAttachment);

/** What a version was published with. */
export const versionAttachments = async (ctx: Context, page: string, number: number): Promise<readonly Attachment[]> =>
  (
    await sql<Row>`${all} join guidance.version_attachment v on v.attachment_id = a.id and v.revision = r.number
      where v.page_id = ${page} and v.number = ${number} order by a.title`.execute(ctx.db)
  ).rows.map(asAttachment);

/** Numbers of the revisions that some version was published with. */
export const publishedRevisions = async (ctx: Context, attachment: string): Promise<ReadonlySet<number>> =>
  new Set(
    (
      await tables(ctx)
        .selectFrom('guidance.version_attachment')
        .select('revision')
        .where('attachment_id', '=', attachment)
        .execute()
    ).map((row) => row.revision),
  );

export type NewAttachment = Pick<Attachment, 'id' | 'page' | 'name' | 'kind' | 'title' | 'source' | 'columns'>;

export const addAttachment = async (ctx: Context, one: NewAttachment): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.attachment')
    .values({
      id: one.id,
      page_id: one.page,
      name: one.name,
      kind: one.kind,
      title: one.title,
      source: one.source,
      columns: one.columns,
      left_out: false,
    })
    .execute();
};

export const describeAttachment = async (
  ctx: Context,
  id: string,
  words: Pick<Attachment, 'title' | 'source' | 'columns' | 'leftOut'>,
): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.attachment')
    .set({ title: words.title, source: words.source, columns: words.columns, left_out: words.leftOut })
    .where('id', '=', id)
    .execute();
};

export const addRevision = async (
  ctx: Context,
  attachment: string,
  one: {
    readonly number: number;
    readonly file: string;
    readonly ending: string;
    readonly note: string;
    readonly facts: AttachmentFacts;
    readonly madeBy: string | null;
  },
): Promise<void> => {
  await sql`insert into guidance.attachment_revision
    (attachment_id, number, file_id, ending, note, facts, made_at, made_by)
    values (${attachment}, ${one.number}, ${one.file}, ${one.ending}, ${one.note}, ${JSON.stringify(one.facts)}::jsonb,
      ${ctx.clock()}, ${one.madeBy})`.execute(ctx.db);
};

/** Settles that a version is published with what hangs on its page now. */
export const pinAttachments = async (ctx: Context, page: string, number: number): Promise<void> => {
  await sql`insert into guidance.version_attachment (page_id, number, attachment_id, revision)
    select a.page_id, ${number}, a.id, (select max(r.number) from guidance.attachment_revision r where r.attachment_id = a.id)
    from guidance.attachment a where a.page_id = ${page} and not a.left_out`.execute(ctx.db);
};

export type MadeFormat = {
  readonly format: 'pdf' | 'docx';
  readonly sourceHash: string;
  readonly file: string;
  readonly size: number;
};

export const madeFormats = async (ctx: Context, subject: string): Promise<readonly MadeFormat[]> =>
  (
    await sql<MadeFormat>`select m.format, m.source_hash as "sourceHash", m.file_id as file, f.size
      from guidance.made_format m join platform.file f on f.id = m.file_id
      where m.subject = ${subject} order by m.format desc`.execute(ctx.db)
  ).rows;

/** @returns the file that it stands in for, which nothing names any more. */
export const setMadeFormat = async (
  ctx: Context,
  subject: string,
  made: Omit<MadeFormat, 'size'>,
): Promise<string | null> => {
  const before = await tables(ctx)
    .selectFrom('guidance.made_format')
    .select('file_id')
    .where('subject', '=', subject)
    .where('format', '=', made.format)
    .executeTakeFirst();
  const values = { source_hash: made.sourceHash, file_id: made.file, made_at: ctx.clock() };
  await tables(ctx)
    .insertInto('guidance.made_format')
    .values({ subject, format: made.format, ...values })
    .onConflict((conflict) => conflict.columns(['subject', 'format']).doUpdateSet(values))
    .execute();
  return before?.file_id ?? null;
};
