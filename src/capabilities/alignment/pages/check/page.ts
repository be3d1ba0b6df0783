import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound, WebProblem } from '#web/errors/web-problem.ts';
import type { Form, Route } from '#web/route.ts';
import type { Offer } from '../../domain/qualification-file.ts';
import { checkPath, examplePath, templatePath } from '../../paths.ts';
import { type CheckedInput, checkInput } from '../../use-cases/check-input.ts';
import { readChecked } from '../../use-cases/claimed-standards.ts';
import { listExamples } from '../../use-cases/examples.ts';
import { utf8Text } from '../../use-cases/json-text.ts';
import {
  type InputFile,
  type InputProblem,
  inputNotes,
  problemLine,
} from '../../use-cases/read-qualification-input.ts';
import { writeChecked } from '../../use-cases/write-checked.ts';
import { type VerdictModel, verdictModel } from '../verdict/verdict-model.ts';
import { type CheckModel, problemContext, problemLinks, textOf } from './check-model.ts';

const checkView = view<CheckModel>('capabilities/alignment/pages/check/page.njk');
const verdictView = view<VerdictModel>('capabilities/alignment/pages/verdict/page.njk');

const title = 'Check a qualification';
const home = { text: 'Start', href: '/' };

/** Milliseconds that a check on a page may take: longer than any real qualification needs, shorter than a reader waits. */
const pageTimeLimit = 10_000;
/** Checks a minute from one network address: each may hold a thread for the whole limit. */
const checksPerMinute = 30;

const emptyPage = async (ctx: Context): Promise<CheckModel> => ({
  templatePath,
  examples:
    ctx.storeKind === 'example'
      ? (await listExamples()).map((one) => ({
          title: one.title,
          text: `Fictional, ${one.units} units.`,
          href: examplePath(one.name),
        }))
      : [],
  problemTitle: 'There is a problem',
  problems: [],
  lines: [],
  text: '',
  fileError: null,
  textError: null,
});

const encoder = new TextEncoder();

/** The files that were sent, or the text that was pasted as one; none when neither was. */
const sentFiles = ({ fields, files }: Form): { readonly files: readonly InputFile[]; readonly pasted: string } => {
  const brought = files.filter((file) => file.field === 'file' && file.bytes.length > 0);
  const pasted = fields.get('text') ?? '';
  if (brought.length > 0) return { files: brought, pasted };
  return { files: pasted.trim() === '' ? [] : [{ name: '', bytes: encoder.encode(pasted) }], pasted };
};

/** What was ticked, as an offer: every mandatory unit comes with it. `null`: the whole qualification. */
const sentOffer = ({ fields }: Form, qualification: unknown): Offer | null => {
  if (fields.get('narrowed') !== 'yes' || fields.get('whole') === 'yes') return null;
  const rules = (
    qualification as {
      readonly rules?: {
        readonly mandatory?: string[];
        readonly pathways?: { readonly name: string; readonly mandatory?: string[] }[];
      };
    }
  ).rules;
  const pathways = fields.getAll('pathways');
  const running = rules?.pathways?.filter((one) => pathways.includes(one.name)) ?? [];
  const mandatory = [...(rules?.mandatory ?? []), ...running.flatMap((one) => one.mandatory ?? [])];
  return {
    units: [...new Set([...mandatory, ...fields.getAll('units')])],
    ...(rules?.pathways ? { pathways } : {}),
  };
};

const checkSent = async (
  form: Form,
  ctx: Context,
): Promise<{ readonly checked: CheckedInput; readonly offer: Offer | null; readonly pasted: string } | 'nothing'> => {
  const { files, pasted } = sentFiles(form);
  if (files.length === 0) return 'nothing';
  const offer = form.fields.has('narrowed') ? sentOffer(form, parseOrNull(pasted)) : null;
  const checked = await checkInput(ctx, files, { timeLimitMs: pageTimeLimit, ...(offer ? { offer } : {}) });
  return { checked, offer, pasted };
};

/** What cannot be read is shown back too, where it is text: so its author sees the lines that are named. */
const textOfFile = (form: Form): string => {
  const file = form.files.find((one) => one.field === 'file');
  const text = file ? utf8Text(file.bytes) : null;
  return text !== null && !text.includes('\0') ? text : '';
};

const parseOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const verdictPage = (checked: Extract<CheckedInput, { kind: 'checked' }>, offer: Offer | null): Answer => {
  const read = readChecked(checked.qualification, checked.records);
  const notes = inputNotes(checked.origin).map(problemLine);
  const model = verdictModel({ ...read, offer, result: checked.result, notes });
  return page(verdictView, model, {
    title: model.sentence,
    crumbs: [home, { text: title, href: checkPath }],
    wide: true,
  });
};

/** The form again, with what is wrong in the summary, beside the lines, and what was pasted still in it. */
const problemPage = async (
  ctx: Context,
  problems: readonly InputProblem[],
  text: string,
  pasted: string,
): Promise<Answer> => {
  const lines = problemContext(text, problems);
  const field = pasted === '' ? 'file' : 'text';
  const words =
    problems.length === 1 ? 'There is a problem in the file' : `There are ${problems.length} problems in the file`;
  const model: CheckModel = {
    ...(await emptyPage(ctx)),
    examples: [],
    problemTitle: words,
    problems: problemLinks(problems, lines.length > 0, field),
    lines,
    text: pasted || text,
    ...(field === 'text'
      ? { textError: `${words}: see the list above` }
      : { fileError: `${words}: see the list above` }),
  };
  return page(checkView, model, { title, crumbs: [home], status: 422, faulty: true });
};

const nothingSent = async (form: Form, ctx: Context): Promise<Answer> => {
  const message = form.files.some((file) => file.field === 'file')
    ? 'The file is empty: choose another one, or paste a qualification file'
    : 'Choose a file, or paste a qualification file';
  const model: CheckModel = {
    ...(await emptyPage(ctx)),
    examples: [],
    problems: [{ place: '', message, target: 'file' }],
    fileError: message,
  };
  return page(checkView, model, { title, crumbs: [home], status: 422, faulty: true });
};

/** Everything that a wrong file is answered with, or what to do with a right one. */
const withChecked = async (
  form: Form,
  ctx: Context,
  act: (checked: Extract<CheckedInput, { kind: 'checked' }>, offer: Offer | null) => Promise<Answer> | Answer,
): Promise<Answer> => {
  const sent = await checkSent(form, ctx);
  if (sent === 'nothing') return nothingSent(form, ctx);
  const { checked, offer, pasted } = sent;
  switch (checked.kind) {
    case 'unreadable':
      return problemPage(ctx, checked.problems, pasted || textOfFile(form), pasted);
    case 'wrong':
      return problemPage(ctx, checked.problems, textOf(checked.origin), pasted);
    case 'checked':
      return act(checked, offer);
  }
};

const download = (format: 'xlsx' | 'ods' | 'json'): Route => ({
  method: 'POST',
  path: `/check/qualification.${format}`,
  access: 'anyone',
  audit: `alignment.download-${format}`,
  perMinute: checksPerMinute,
  handle: async (request, ctx) =>
    withChecked(await request.form(), ctx, async (checked) => ({
      kind: 'file',
      ...(await writeChecked(ctx, readChecked(checked.qualification, checked.records), format)),
    })),
});

export const checkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: checkPath,
    access: 'anyone',
    audit: 'alignment.check-form',
    handle: async (_request, ctx) => page(checkView, await emptyPage(ctx), { title, crumbs: [home] }),
  },
  {
    method: 'POST',
    path: checkPath,
    access: 'anyone',
    audit: 'alignment.check',
    perMinute: checksPerMinute,
    handle: async (request, ctx) => withChecked(await request.form(), ctx, verdictPage),
  },
  {
    method: 'GET',
    path: '/check/examples/:name',
    access: 'anyone',
    audit: 'alignment.check-example',
    perMinute: checksPerMinute,
    handle: async (request, ctx) => {
      const example =
        ctx.storeKind === 'example'
          ? (await listExamples()).find((one) => one.name === request.params.name)
          : undefined;
      if (!example) throw notFound('There is no example of this name here.');
      const checked = await checkInput(ctx, [{ name: '', bytes: encoder.encode(example.text) }], {
        timeLimitMs: pageTimeLimit,
      });
      if (checked.kind !== 'checked') throw new WebProblem(500, null);
      return verdictPage(checked, null);
    },
  },
  {
    method: 'POST',
    path: '/check/result.json',
    access: 'anyone',
    audit: 'alignment.download-result',
    perMinute: checksPerMinute,
    handle: async (request, ctx) =>
      withChecked(await request.form(), ctx, (checked) => ({
        kind: 'file',
        name: 'result.json',
        type: 'application/json; charset=utf-8',
        body: `${JSON.stringify(checked.result, null, 2)}\n`,
      })),
  },
  download('xlsx'),
  download('ods'),
  download('json'),
];
