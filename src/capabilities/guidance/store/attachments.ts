import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { Attachment, AttachmentRevision } from '../domain/attachment.ts';
import { tables } from './tables.ts';

type Row = Omit<Attachment, 'revision'> & AttachmentRevision;

const asAttachment = ({ id, page, name, kind, leftOut, ...revision }: Row): Attachment => ({
  id,
  page,
  name,
  kind,
  leftOut,
  revision,
});

const all = sql`
  select a.id, a.page_id as page, a.name, a.kind, a.left_out as "leftOut", r.number, r.title, r.source, r.columns,
     r.file_id as file, r.ending, f.size, f.type, r.note, r.facts, r.made_at as "madeAt"
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
      select max(number) from guidance.attachment_revision n where n.attachment_id = a.id) order by r.title, a.name`.execute(
      ctx.db,
    )
  ).rows.map(asAttachment);

/** What a version was published with. */
export const versionAttachments = async (ctx: Context, page: string, number: number): Promise<readonly Attachment[]> =>
  (
    await sql<Row>`${all} join guidance.version_attachment v on v.attachment_id = a.id and v.revision = r.number
      where v.page_id = ${page} and v.number = ${number} order by r.title, a.name`.execute(ctx.db)
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

export type NewAttachment = Pick<Attachment, 'id' | 'page' | 'name' | 'kind'>;

export const addAttachment = async (ctx: Context, one: NewAttachment): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.attachment')
    .values({
      id: one.id,
      page_id: one.page,
      name: one.name,
      kind: one.kind,
      left_out: false,
    })
    .execute();
};

export const setLeftOut = async (ctx: Context, id: string, leftOut: boolean): Promise<void> => {
  await tables(ctx).updateTable('guidance.attachment').set({ left_out: leftOut }).where('id', '=', id).execute();
};

export type NewRevision = Omit<AttachmentRevision, 'size' | 'type' | 'madeAt'> & { readonly madeBy: string | null };

export const addRevision = async (ctx: Context, attachment: string, one: NewRevision): Promise<void> => {
  await sql`insert into guidance.attachment_revision
    (attachment_id, number, title, source, columns, file_id, ending, note, facts, made_at, made_by)
    values (${attachment}, ${one.number}, ${one.title}, ${one.source}, ${one.columns}, ${one.file}, ${one.ending},
      ${one.note}, ${JSON.stringify(one.facts)}::jsonb, ${ctx.clock()}, ${one.madeBy})`.execute(ctx.db);
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

export const addMadeFormat = async (ctx: Context, subject: string, made: Omit<MadeFormat, 'size'>): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.made_format')
    .values({
      subject,
      format: made.format,
      source_hash: made.sourceHash,
      file_id: made.file,
      made_at: ctx.clock(),
    })
    .execute();
};

/** Takes away what was made of a subject. @param format `null`: every one. @returns ids of files that nothing names any more. */
export const dropMadeFormats = async (
  ctx: Context,
  subject: string,
  format: MadeFormat['format'] | null = null,
): Promise<readonly string[]> =>
  (
    await sql<{ readonly file: string }>`delete from guidance.made_format
      where subject = ${subject} and (${format}::text is null or format = ${format}) returning file_id as file`.execute(
      ctx.db,
    )
  ).rows.map((row) => row.file);
