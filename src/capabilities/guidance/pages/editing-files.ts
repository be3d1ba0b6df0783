import type { Context } from '#platform/context.ts';
import { uploadsTaken } from '#platform/files/examine-upload.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { fileNotice, fileWords } from '#web/file-words.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { editFilesPath, editPath, filePath, guidePagePath, tablePath } from '../paths.ts';
import { edit } from '../policy.ts';
import { attachFile, drawOut, leaveOut, newestAttachments, publishedRevisions } from '../use-cases/attach-file.ts';
import { editorOf, pageToEdit } from './editor.ts';
import { crumbs } from './show-page.ts';

type Typed = {
  readonly title: string;
  readonly source: string;
  readonly columns: string;
  readonly note: string;
  readonly revisionOf: string;
};

type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly action: string;
  readonly taken: string;
  readonly typed: Typed;
  readonly files: readonly {
    readonly name: string;
    readonly title: string;
    readonly words: string;
    readonly href: string;
    readonly use: string;
    readonly notice: string;
    readonly author: string;
    readonly state: string;
    readonly leftOut: boolean;
    readonly isPdf: boolean;
  }[];
};

const filesView = view<Model>('capabilities/guidance/pages/edit-files/page.njk');

const empty: Typed = { title: '', source: '', columns: '', note: '', revisionOf: '' };

const doneWords: Readonly<Record<string, string>> = {
  attached: 'The file is there. Readers see it when the page is published next.',
  'left-out': 'The file is left out from the next version on.',
  'taken-in': 'The file is in the next version again.',
};

const show = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: Typed = empty,
): Promise<Answer> => {
  const guide = await pageToEdit(request, ctx);
  const files = await newestAttachments(ctx, guide.id);
  return page(
    filesView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      action: editFilesPath(guide.id),
      taken: uploadsTaken,
      typed,
      files: await Promise.all(
        files.map(async (one) => ({
          name: one.name,
          title: one.revision.title,
          words: `${fileWords(one.revision)}, revision ${one.revision.number} of ${day(one.revision.madeAt)}`,
          href: one.kind === 'table' ? tablePath(guide.id, one.name) : filePath(guide.id, one.name),
          use:
            one.kind === 'image' ? `![what it shows](file:${one.name})` : `[${one.revision.title}](file:${one.name})`,
          notice: fileNotice(one.revision),
          author: one.revision.facts.pdf?.author ?? '',
          state: one.leftOut
            ? 'Left out from the next version on'
            : (await publishedRevisions(ctx, one.id)).has(one.revision.number)
              ? 'Published'
              : 'Comes with the next version',
          leftOut: one.leftOut,
          isPdf: one.revision.ending === 'pdf',
        })),
      ),
    },
    {
      title: `Files of “${guide.current.title}”`,
      crumbs: [
        ...crumbs,
        { text: guide.current.title, href: guidePagePath(guide.id) },
        { text: 'Edit', href: editPath(guide.id) },
      ],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const attach: Route['handle'] = async (request, ctx) => {
  const { fields, files } = await request.form();
  const guide = await pageToEdit(request, ctx);
  const line = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const typed: Typed = {
    title: line('title'),
    source: line('source'),
    columns: line('columns'),
    note: line('note'),
    revisionOf: line('revisionOf'),
  };
  const file = files.find((one) => one.field === 'file');
  const known = await newestAttachments(ctx, guide.id);
  const problems: FormProblem[] = [
    ...(file ? [] : [{ field: 'file', text: 'Choose a file' }]),
    ...(typed.title === '' ? [{ field: 'title', text: 'Enter a title, for readers' }] : []),
    ...(typed.revisionOf !== '' && !known.some((one) => one.name === typed.revisionOf)
      ? [{ field: 'revisionOf', text: 'There is no such file on this page' }]
      : []),
    ...(typed.revisionOf !== '' && typed.note === ''
      ? [{ field: 'note', text: 'Say what is different from the one before' }]
      : []),
  ];
  if (problems.length > 0 || !file) return show(request, ctx, problems, typed);
  const done = await attachFile(ctx, editorOf(ctx), guide.id, { ...typed, file });
  if (done.kind === 'refused') return show(request, ctx, [done.refusal], typed);
  return redirect(`${editFilesPath(guide.id)}?done=attached`);
};

const address = '/guidance/:page/edit/files';

export const editingFilesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: address,
    access: edit,
    audit: 'guidance.files-form',
    handle: (request, ctx) => show(request, ctx),
  },
  { method: 'POST', path: address, access: edit, audit: 'guidance.attach-file', handle: attach },
  {
    method: 'POST',
    path: `${address}/:name/leave-out`,
    access: edit,
    audit: 'guidance.leave-file-out',
    handle: async (request, ctx) => {
      const guide = await pageToEdit(request, ctx);
      const out = (await request.form()).fields.get('out') === 'yes';
      if (!(await leaveOut(ctx, guide.id, request.params.name ?? '', out))) throw notFound();
      return redirect(`${editFilesPath(guide.id)}?done=${out ? 'left-out' : 'taken-in'}`);
    },
  },
  {
    method: 'POST',
    path: `${address}/:name/draw-out`,
    access: edit,
    audit: 'guidance.draw-pdf-out',
    handle: async (request, ctx) => {
      const guide = await pageToEdit(request, ctx);
      const done = await drawOut(ctx, editorOf(ctx), guide.id, request.params.name ?? '');
      if (done.kind === 'refused') return show(request, ctx, [{ field: '', text: done.refusal }]);
      return redirect(`${editPath(guide.id)}?done=drawn`);
    },
  },
];
