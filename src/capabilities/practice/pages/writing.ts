import { randomUUID } from 'node:crypto';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { uploadsTaken } from '#platform/files/examine-upload.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route, UploadedFile } from '#web/route.ts';
import { type Example, isBeingWritten, providerKinds, toldOrigins } from '../domain/example.ts';
import { mostBytesEach, mostFiles } from '../domain/example-file.ts';
import { draftPath, draftStepPath } from '../paths.ts';
import { writeForOthers } from '../policy.ts';
import { attach, openFile, takeFileOut } from '../use-cases/attach.ts';
import { saveDraft } from '../use-cases/share.ts';
import { themes } from '../use-cases/themes.ts';
import { draftAsked, draftFiles, shareCrumbs } from './draft-asked.ts';
import { fileAnswer } from './file-answer.ts';
import { readStep, type Step, steps, stepTitles, typedOf } from './share-steps.ts';
import { originWords, type ShownFile } from './words.ts';

type StepModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly step: Step;
  readonly title: string;
  readonly caption: string;
  readonly action: string;
  readonly revision: number;
  /** Of the file that this form may bring. */
  readonly id: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly routesChosen: readonly string[];
  readonly themes: readonly { readonly id: string; readonly title: string }[];
  readonly routes: readonly string[];
  readonly kinds: readonly string[];
  readonly files: readonly ShownFile[];
  readonly filesHint: string;
  /** Where it came to light: asked of those alone who write it down for a provider. */
  readonly origins: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
  readonly note: string;
  readonly returnAddress: string;
};

const stepView = view<StepModel>('capabilities/practice/pages/share/step.njk');

const filesHint = `${uploadsTaken}. Up to 10 MB a file, ${mostFiles} files and 25 MB in all. No names or pictures of learners`;

const stepAsked = (request: PageRequest): Step => {
  const step = steps.find((one) => one === request.params.step);
  if (!step) throw notFound();
  return step;
};

type Shown = {
  readonly problems?: readonly FormProblem[];
  readonly typed?: Readonly<Record<string, string>>;
  readonly routes?: readonly string[];
  readonly done?: string;
};

const doneWords: Readonly<Record<'added' | 'removed', string>> = {
  added: 'The file is added.',
  removed: 'The file is taken out.',
};

const showStep = async (one: Example, step: Step, ctx: Context, more: Shown = {}): Promise<Answer> => {
  const problems = more.problems ?? [];
  return page(
    stepView,
    {
      problems,
      doneWords: more.done === 'added' || more.done === 'removed' ? doneWords[more.done] : '',
      step,
      title: stepTitles[step],
      caption: `Share what you did, page ${steps.indexOf(step) + 1} of ${steps.length}`,
      action: draftStepPath(one.token, step),
      revision: one.revision,
      id: randomUUID(),
      typed: { ...typedOf(one.text), fileTitle: '', ...more.typed },
      routesChosen: more.routes ?? one.text.routes,
      themes,
      routes: occupationalRoutes,
      kinds: providerKinds,
      files: step === 'files' ? await draftFiles(ctx, one) : [],
      filesHint,
      origins: isAllowed(ctx.actor, writeForOthers)
        ? toldOrigins.map((value) => ({ value, text: originWords[value], chosen: value === one.origin }))
        : [],
      note: one.state === 'asked' ? one.note : '',
      returnAddress: `${ctx.address}${draftPath(one.token)}`,
    },
    {
      title: stepTitles[step],
      crumbs: shareCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

type FilesSaved = {
  /** `null`: nothing. */
  readonly problem: FormProblem | null;
  readonly done: keyof typeof doneWords | null;
};

/** What the page of files has beside its text: a file that comes, or one that goes. */
const saveFiles = async (
  ctx: Context,
  token: string,
  fields: URLSearchParams,
  files: readonly UploadedFile[],
): Promise<FilesSaved> => {
  const remove = fields.get('remove');
  if (remove) await takeFileOut(ctx, token, remove);
  const title = (fields.get('fileTitle') ?? '').trim();
  const file = files.find((one) => one.field === 'file');
  if (!file) {
    if (remove) return { problem: null, done: 'removed' };
    const text = title === '' ? 'Choose the file to add' : `Choose the file that is called “${title}”`;
    return { problem: title === '' && !fields.has('add') ? null : { field: 'file', text }, done: null };
  }
  const kept = await attach(ctx, token, formId(fields), { title, name: file.name, bytes: file.bytes });
  return kept.kind === 'refused'
    ? { problem: { field: 'file', text: kept.refusal }, done: null }
    : { problem: null, done: 'added' };
};

const sentMeanwhile: FormProblem = {
  field: '',
  text: 'This example was sent in or taken back after you opened this page, so nothing was saved. What you typed is still here, to be copied',
};

const savedMeanwhile: FormProblem = {
  field: '',
  text: 'A colleague saved this example after you opened it. What you typed is still here: saving again keeps it in place of theirs on this page alone',
};

export const writingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/practice/share/:token/files/:file',
    access: 'anyone',
    audit: 'practice.draft-file',
    perMinute: 60,
    handle: async (request, ctx) =>
      fileAnswer(await openFile(ctx, await draftAsked(request, ctx), request.params.file ?? '', true)),
  },
  {
    method: 'GET',
    path: '/practice/share/:token/:step',
    access: 'anyone',
    audit: 'practice.step',
    perMinute: 120,
    handle: async (request, ctx) => {
      const one = await draftAsked(request, ctx);
      const step = stepAsked(request);
      return isBeingWritten(one.state)
        ? showStep(one, step, ctx, { done: request.query.get('done') ?? '' })
        : redirect(draftPath(one.token));
    },
  },
  {
    method: 'POST',
    path: '/practice/share/:token/:step',
    access: 'anyone',
    audit: 'practice.save-step',
    perMinute: 60,
    uploads: { files: 1, each: mostBytesEach, all: mostBytesEach },
    handle: async (request, ctx) => {
      const one = await draftAsked(request, ctx);
      const step = stepAsked(request);
      const { fields, files } = await request.form();
      const typed = Object.fromEntries([...fields.keys()].map((name) => [name, fields.get(name) ?? '']));
      const routes = fields.getAll('routes');
      const nothingSaved = () => showStep(one, step, ctx, { problems: [sentMeanwhile], typed, routes });
      if (!isBeingWritten(one.state)) return nothingSaved();
      const { problems: faults, part } = readStep(step, fields);
      const revision = Number(fields.get('revision')) || 0;
      const origin = toldOrigins.find((each) => each === fields.get('origin'));
      const saved = faults.length > 0 ? null : await saveDraft(ctx, one.token, part, revision, origin);
      if (saved?.kind === 'refused' && saved.refusal !== 'changed') return nothingSaved();
      // A browser sends a chosen file once: it is kept whatever else of the page is wrong.
      const kept = step === 'files' ? await saveFiles(ctx, one.token, fields, files) : null;
      const changed = saved ? saved.kind === 'refused' : step === 'files' && one.revision !== revision;
      const problems = [...(changed ? [savedMeanwhile] : []), ...(kept?.problem ? [kept.problem] : []), ...faults];
      if (problems.length > 0)
        return showStep(await draftAsked(request, ctx), step, ctx, {
          problems,
          typed: { ...typed, ...(kept?.done === 'added' ? { fileTitle: '' } : {}) },
          routes,
          done: kept?.done ?? '',
        });
      if (kept?.done && (fields.has('remove') || fields.has('add')))
        return redirect(`${draftStepPath(one.token, step)}?done=${kept.done}`);
      const next = steps[steps.indexOf(step) + 1];
      const again = fields.get('then') === 'check' || next === undefined;
      return redirect(again ? draftPath(one.token) : draftStepPath(one.token, next));
    },
  },
];
