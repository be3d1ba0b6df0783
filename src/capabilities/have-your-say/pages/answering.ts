import type { Context } from '#platform/context.ts';
import { uploadsTaken } from '#platform/files/examine-upload.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import type { AnswerFile } from '../domain/answer.ts';
import { askedSections, type Given, readQuestion, type Section } from '../domain/questionnaire.ts';
import { mostFiles } from '../domain/round.ts';
import { roundPath, writtenPath, writtenStepPath } from '../paths.ts';
import {
  addFiles,
  beginAnswer,
  findWritten,
  listAnswerFiles,
  mailReturnLink,
  saveSection,
  sendAnswer,
  takeFileOut,
  withPart,
} from '../use-cases/answer-round.ts';
import { findRoundVersion } from '../use-cases/rounds.ts';
import { aboutRoutes } from './about-you.ts';
import { showChecked } from './check-answers.ts';
import { crumbs } from './crumbs.ts';
import {
  aboutStep,
  captionOf,
  isWriting,
  type Opened,
  opened,
  type ReturnModel,
  returnModel,
  stepsOf,
} from './opened-answer.ts';
import { type ShownQuestion, shownQuestion, valuesOf } from './question-model.ts';
import { publicRoundAsked } from './round-asked.ts';

type SectionModel = ReturnModel & {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly caption: string;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly revision: number;
  readonly hasFiles: boolean;
  readonly questions: readonly ShownQuestion[];
};
const sectionView = view<SectionModel>('capabilities/have-your-say/pages/answering/section.njk');

/** Files of one request: the answer takes fifty, over several. */
const uploads = { files: 10, each: 20 * 1024 * 1024, all: 25 * 1024 * 1024 };
const filesHint = `${uploadsTaken}. Up to 10 files and 25 MB at a time, and ${mostFiles} files and 100 MB in all. No names of learners`;

export const doneWords: Readonly<Record<string, string>> = {
  mailed: 'The link is mailed to that address.',
  sent: 'Your answer is sent. Thank you.',
  mail: 'Check your email: your answer counts once you use the link in it.',
};

const showSection = async (
  ctx: Context,
  one: Opened,
  section: Section,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly sent?: URLSearchParams;
    readonly doneWords?: string;
  } = {},
): Promise<Answer> => {
  const problems = more.problems ?? [];
  const files = await listAnswerFiles(ctx, one.written.answer.id);
  return page(
    sectionView,
    {
      ...returnModel(ctx, one.round, one.token),
      problems,
      doneWords: more.doneWords ?? '',
      caption: captionOf(one, section.id),
      title: section.title,
      lead: section.lead,
      action: writtenStepPath(one.round.slug, one.token, section.id),
      revision: more.sent ? Number(more.sent.get('revision')) : one.written.answer.revision,
      hasFiles: section.questions.some((each) => each.kind === 'file'),
      questions: section.questions.map((each) =>
        shownQuestion(
          each.kind === 'file' && each.hint === '' ? { ...each, hint: filesHint } : each,
          more.sent ? more.sent.getAll(each.id) : valuesOf(each, one.written.answer.given),
          problems.find((problem) => problem.field === each.id)?.text ?? '',
          files,
        ),
      ),
    },
    {
      title: section.title,
      crumbs: [...crumbs, { text: one.round.title, href: roundPath(one.round.slug) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** What is missing still, page by page. */
const firstUnfinished = ({ written }: Opened, files: readonly AnswerFile[]): string | null =>
  askedSections(written.questions, written.answer.given).find((section) =>
    section.questions.some(
      (one) =>
        one.required &&
        (one.kind === 'file'
          ? !files.some((file) => file.question === one.id)
          : written.answer.given[one.id] === undefined),
    ),
  )?.id ?? null;

const toChecked = (one: Opened, done = ''): Answer =>
  redirect(`${writtenPath(one.round.slug, one.token)}${done === '' ? '' : `?done=${done}`}`);

export const answeringRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/have-your-say/:round/answer',
    access: 'anyone',
    audit: 'have-your-say.begin-answer',
    perMinute: 30,
    handle: async (request, ctx) => {
      const round = await publicRoundAsked(request, ctx);
      const begun = await beginAnswer(ctx, round);
      if (begun.kind === 'refused') return redirect(roundPath(round.slug));
      const [first = aboutStep] = stepsOf(await findRoundVersion(ctx, round.id, round.version), {});
      return redirect(writtenStepPath(round.slug, begun.value, first));
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/answer/:token',
    access: 'anyone',
    audit: 'have-your-say.written',
    perMinute: 120,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      const writing = isWriting(one, ctx.clock());
      const files = await listAnswerFiles(ctx, one.written.answer.id);
      const unfinished = writing ? firstUnfinished(one, files) : null;
      if (unfinished) return redirect(writtenStepPath(one.round.slug, one.token, unfinished));
      return showChecked(ctx, one, files, writing, doneWords[request.query.get('done') ?? ''] ?? '');
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/answer/:token/send',
    access: 'anyone',
    audit: 'have-your-say.send-answer',
    perMinute: 30,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      const files = await listAnswerFiles(ctx, one.written.answer.id);
      const unfinished = isWriting(one, ctx.clock()) ? firstUnfinished(one, files) : null;
      if (unfinished) return redirect(writtenStepPath(one.round.slug, one.token, unfinished));
      const sent = await sendAnswer(ctx, one.round, one.token);
      if (sent.kind === 'refused' && sent.refusal === 'empty')
        return showChecked(ctx, one, files, true, '', [
          { field: '', text: 'Answer at least one question before you send it' },
        ]);
      if (sent.kind === 'refused')
        return sent.refusal === 'no-address'
          ? redirect(writtenStepPath(one.round.slug, one.token, aboutStep))
          : toChecked(one);
      return toChecked(one, sent.value === 'sent' ? 'sent' : 'mail');
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/answer/:token/mail',
    access: 'anyone',
    audit: 'have-your-say.mail-link',
    perMinute: 5,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      const address = readAddress((await request.form()).fields.get('mailto') ?? '');
      if (address === null) {
        const files = await listAnswerFiles(ctx, one.written.answer.id);
        return showChecked(ctx, one, files, isWriting(one, ctx.clock()), '', [
          { field: 'mailto', text: 'Enter an email address such as name@college.ac.uk' },
        ]);
      }
      const mailed = await mailReturnLink(ctx, one.round, one.token, address);
      return toChecked(one, mailed.kind === 'ok' ? 'mailed' : '');
    },
  },
  ...aboutRoutes,
  {
    method: 'GET',
    path: '/have-your-say/:round/answer/:token/:step',
    access: 'anyone',
    audit: 'have-your-say.section',
    perMinute: 240,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      if (!isWriting(one, ctx.clock())) return toChecked(one);
      const section = askedSections(one.written.questions, one.written.answer.given).find(
        (each) => each.id === request.params.step,
      );
      return section ? showSection(ctx, one, section) : toChecked(one);
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/answer/:token/:step',
    access: 'anyone',
    audit: 'have-your-say.save-section',
    perMinute: 120,
    uploads,
    handle: async (request, ctx) => {
      const one = await opened(request, ctx);
      const form = await request.form();
      if (!isWriting(one, ctx.clock())) return toChecked(one);
      const section = askedSections(one.written.questions, one.written.answer.given).find(
        (each) => each.id === request.params.step,
      );
      if (!section) return toChecked(one);
      return save(ctx, one, section, form.fields, form.files);
    },
  },
];

const save = async (
  ctx: Context,
  one: Opened,
  section: Section,
  fields: URLSearchParams,
  sentFiles: readonly { readonly field: string; readonly name: string; readonly bytes: Uint8Array }[],
): Promise<Answer> => {
  const { round, token } = one;
  const problems: FormProblem[] = [];
  const answers: Given = {};
  const remove = fields.get('remove');
  for (const each of section.questions) {
    const { value, problem } = readQuestion(each, fields.getAll(each.id));
    if (problem && !remove) problems.push({ field: each.id, text: problem });
    if (value !== undefined) answers[each.id] = value;
  }
  if (problems.length > 0) return showSection(ctx, one, section, { problems, sent: fields });
  const part = { questions: section.questions.map((each) => each.id), given: answers };
  const saved = await saveSection(ctx, round, token, part, Number(fields.get('revision')) || 0);
  if (saved.kind === 'refused' && saved.refusal === 'changed')
    return showSection(ctx, one, section, {
      sent: new URLSearchParams([
        ...[...fields].filter(([name]) => name !== 'revision'),
        ['revision', String(one.written.answer.revision)],
      ]),
      problems: [
        {
          field: '',
          text: 'This answer was saved in another tab after you opened this page. What you typed is still here: saving again keeps it',
        },
      ],
    });
  if (saved.kind === 'refused') return toChecked(one);
  if (remove) {
    await takeFileOut(ctx, round, token, remove);
    return redirect(writtenStepPath(round.slug, token, section.id));
  }
  for (const each of section.questions.filter((question) => question.kind === 'file')) {
    const files = sentFiles.filter((file) => file.field === each.id && file.bytes.length > 0);
    problems.push(...(await addFiles(ctx, round, token, each, files)).map((text) => ({ field: each.id, text })));
    const there = await listAnswerFiles(ctx, one.written.answer.id);
    if (each.required && !there.some((file) => file.question === each.id) && problems.length === 0)
      problems.push({ field: each.id, text: 'Choose at least one file' });
  }
  if (problems.length > 0) {
    const written = await findWritten(ctx, round, token);
    return written ? showSection(ctx, { round, token, written }, section, { problems }) : toChecked(one);
  }
  if (fields.get('then') === 'check') return toChecked(one);
  const { questions, answer } = one.written;
  const steps = stepsOf(questions, withPart(answer.given, part));
  return redirect(writtenStepPath(round.slug, token, steps[steps.indexOf(section.id) + 1] ?? aboutStep));
};
