import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { slugOf } from '#kernel/slug.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { readPdf } from '#platform/documents/read-pdf.ts';
import { examineFile, examineMs } from '#platform/files/examine-on-pool.ts';
import type { Upload } from '#platform/files/examine-upload.ts';
import { keepFile, readKeptFile } from '#platform/files/kept-file.ts';
import type { Attachment } from '../domain/attachment.ts';
import { edit } from '../policy.ts';
import {
  addAttachment,
  addRevision,
  listRevisions,
  newestAttachments,
  publishedRevisions,
  setLeftOut,
} from '../store/attachments.ts';
import { findPage, lockPage, reopenDraft } from '../store/guide.ts';
import { findDraft, saveDraftOf } from './edit-page.ts';

export { newestAttachments, publishedRevisions, versionAttachments } from '../store/attachments.ts';

export type AttachRefusal = { readonly field: 'file' | 'title'; readonly text: string };

export type ToAttach = {
  readonly title: string;
  readonly source: string;
  readonly columns: string;
  readonly note: string;
  /** Name of what it is a new revision of; empty: it is new. */
  readonly revisionOf: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
};

const readPdfWork = { module: new URL('../../../platform/documents/read-pdf.ts', import.meta.url), name: 'readPdf' };

const kindWords: Readonly<Record<Attachment['kind'], string>> = {
  table: 'a table',
  image: 'an image',
  document: 'a document',
};

/** Characters of the part of an address that is made from a title. */
const longestName = 60;

/**
 * Takes a file up among a page's: readers see it from the next version on. A draft that was handed over or checked without it
 * has to be handed over again.
 */
export const attachFile = async (
  ctx: Context,
  person: Person,
  page: string,
  asked: ToAttach,
): Promise<Result<string, AttachRefusal>> => {
  demand(ctx.actor, edit);
  const examined = await examineFile(ctx, asked.file);
  if (examined.kind === 'refused') return refused({ field: 'file', text: examined.refusal });
  return ctx.transaction((inside) => keepAttachment(inside, person.id, page, asked, examined.value));
};

/** Within a transaction: what `attachFile` does once it is known what the file is. The example's table comes this way too. */
export const keepAttachment = async (
  inside: Context,
  madeBy: string | null,
  page: string,
  asked: ToAttach,
  upload: Upload,
): Promise<Result<string, AttachRefusal>> => {
  if (!(await lockPage(inside, page))) return refused({ field: 'file', text: 'The page is not here any more' });
  const name = asked.revisionOf || slugOf(asked.title).slice(0, longestName).replace(/-+$/, '') || 'file';
  const [before] = await listRevisions(inside, page, name);
  if (before && !asked.revisionOf)
    return refused({
      field: 'title',
      text: 'A file of this title hangs on the page already. Choose it as the one that is replaced',
    });
  if (before && before.kind !== upload.kind)
    return refused({
      field: 'file',
      text: `“${before.revision.title}” is ${kindWords[before.kind]}, and this is ${kindWords[upload.kind]}`,
    });
  const id = before?.id ?? randomUUID();
  if (before) await setLeftOut(inside, id, false);
  else await addAttachment(inside, { id, page, name, kind: upload.kind });
  await addRevision(inside, id, {
    number: (before?.revision.number ?? 0) + 1,
    title: asked.title,
    source: asked.source,
    columns: asked.columns,
    file: await keepFile(inside, upload.type, upload.bytes),
    ending: upload.ending,
    note: asked.note,
    facts: upload.facts,
    madeBy,
  });
  await reopenDraft(inside, page);
  await recordAct(inside, {
    name: 'guidance.file-attached',
    subject: { kind: 'guidance-page', id: page },
    after: { name, revision: (before?.revision.number ?? 0) + 1, type: upload.type },
  });
  return ok(name);
};

/** Leaves a file out from the next version on, or takes it in again. Versions that had it keep it. */
export const leaveOut = (ctx: Context, page: string, name: string, leftOut: boolean): Promise<boolean> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    const [there] = (await lockPage(inside, page)) ? await listRevisions(inside, page, name) : [];
    if (!there) return false;
    await setLeftOut(inside, there.id, leftOut);
    await reopenDraft(inside, page);
    await recordAct(inside, {
      name: leftOut ? 'guidance.file-left-out' : 'guidance.file-taken-in',
      subject: { kind: 'guidance-page', id: page },
      after: { name },
    });
    return true;
  });
};

/** A file that a reader may have: in some version, or the reader is an editor. */
export const openAttachment = async (
  ctx: Context,
  page: string,
  name: string,
  revision: number | null,
  mayEdit: boolean,
): Promise<{ readonly shown: Attachment; readonly revisions: readonly Attachment[] } | null> => {
  const all = await listRevisions(ctx, page, name);
  const [newest] = all;
  if (!newest) return null;
  const published = await publishedRevisions(ctx, newest.id);
  const revisions = all.filter((one) => mayEdit || published.has(one.revision.number));
  const shown = revision === null ? revisions[0] : revisions.find((one) => one.revision.number === revision);
  return shown ? { shown, revisions } : null;
};

/** Puts what a PDF says at the end of the page's draft, where a person puts it right. */
export const drawOut = async (
  ctx: Context,
  person: Person,
  page: string,
  name: string,
): Promise<Result<void, string>> => {
  demand(ctx.actor, edit);
  const there = (await newestAttachments(ctx, page)).find((one) => one.name === name);
  const file = there?.revision.ending === 'pdf' ? await readKeptFile(ctx, there.revision.file) : undefined;
  const guide = await findPage(ctx, page);
  if (!there || !file || !guide) return refused('There is no such PDF on this page.');
  const read = await ctx.workers.run<Awaited<ReturnType<typeof readPdf>>>(
    readPdfWork,
    Uint8Array.from(file.bytes),
    examineMs,
  );
  if (read.kind === 'refused') return refused(read.refusal);
  if (read.value.markdown === '') return refused('There is no text in it: its pages are pictures.');
  const draft = await findDraft(ctx, page);
  const from = draft ?? { ...guide.current, major: true, changeNote: '' };
  const saved = await saveDraftOf(
    ctx,
    person,
    page,
    {
      title: from.title,
      summary: from.summary,
      body: `${from.body}\n\n${read.value.markdown}`,
      major: from.major,
      changeNote: from.changeNote ?? '',
    },
    draft?.revision ?? 0,
    false,
  );
  return saved.kind === 'ok' ? ok(undefined) : refused('The draft was changed meanwhile. Try again.');
};
