import { londonTime } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { changeWords, compareTexts, countChanges, type Run } from '#platform/documents/compare-texts.ts';
import { type Markup, renderMarkdown } from '#platform/documents/markdown.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound, WebProblem } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { moment } from '#web/words.ts';
import type { TextFinding } from '../domain/text-check.ts';
import {
  aboutPagePath,
  deskPath,
  editFilesPath,
  editPath,
  guidancePath,
  guidePagePath,
  historyPath,
} from '../paths.ts';
import { edit } from '../policy.ts';
import { checkDraft } from '../use-cases/check-draft.ts';
import {
  type EditedText,
  findDraft,
  type PublishRefusal,
  publish,
  restoreAsDraft,
  saveDraftOf,
  withdraw,
} from '../use-cases/edit-page.ts';
import { discardDraft } from '../use-cases/manage-pages.ts';
import { listPages, listVersions } from '../use-cases/read-guide.ts';
import { resolveIn } from '../use-cases/resolve-addresses.ts';
import { takeOut } from '../use-cases/take-out.ts';
import { editorOf, pageToEdit } from './editor.ts';
import { pageAsked } from './show-page.ts';

type Model = {
  readonly findings: readonly string[];
  readonly otherPages: readonly { readonly id: string; readonly title: string }[];
  readonly takeOut: { readonly words: string; readonly reason: string };
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly heading: string;
  readonly action: string;
  readonly filesHref: string;
  readonly aboutHref: string;
  readonly published: boolean;
  readonly revision: number;
  readonly text: EditedText;
  readonly submitted: boolean;
  readonly scheduledFor: string;
  readonly at: string;
  readonly editor: string;
  readonly withdrawn: boolean;
  readonly typedReason: string;
  readonly markup: Markup;
  readonly changes: readonly Run[];
  readonly countWords: string;
  readonly theirs: readonly Run[] | null;
};

const editView = view<Model>('capabilities/guidance/pages/edit/page.njk');

type Shown = {
  readonly problems?: readonly FormProblem[];
  readonly typed?: EditedText;
  readonly revision?: number;
  readonly reason?: string;
  readonly takeOut?: Model['takeOut'];
  readonly at?: string;
  /** What someone else saved meanwhile. */
  readonly theirs?: readonly Run[];
};

const findingWords = ({ line, text, kind }: TextFinding): string =>
  `Line ${line}: ${text}${kind === 'advice' ? ' (advice)' : ''}`;

const doneWords: Readonly<Record<string, string>> = {
  saved: 'The draft is saved.',
  scheduled: 'It is checked, and will be published at the time you set.',
  submitted: 'The draft is handed over. Another editor can publish it.',
  drawn: 'What the PDF says stands at the end of the draft. Put it right, then hand it over.',
  restored: 'What the older version said is a draft now. Nothing is published.',
};

const show = async (request: PageRequest, ctx: Context, shown: Shown = {}): Promise<Answer> => {
  const guide = await pageToEdit(request, ctx);
  const draft = await findDraft(ctx, guide.id);
  const text: EditedText = shown.typed ??
    draft ?? {
      title: guide.current.title,
      summary: guide.current.summary,
      body: guide.current.body,
      major: true,
      changeNote: '',
    };
  const changes = compareTexts(guide.current.body, text.body);
  const problems = shown.problems ?? [];
  return page(
    editView,
    {
      problems,
      findings: (await checkDraft(ctx, guide.id, text.body)).map(findingWords),
      otherPages: (await listPages(ctx))
        .filter((one) => one.id !== guide.id && one.withdrawn === null)
        .map((one) => ({ id: one.id, title: one.current.title })),
      takeOut: shown.takeOut ?? { words: '', reason: '' },
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      heading: `Edit “${guide.current.title}”`,
      action: editPath(guide.id),
      filesHref: editFilesPath(guide.id),
      aboutHref: aboutPagePath(guide.id),
      published: guide.current.number > 0,
      revision: shown.revision ?? draft?.revision ?? 0,
      text,
      submitted: draft?.state === 'submitted' && !shown.typed,
      scheduledFor: draft?.publishAt ? moment(draft.publishAt) : '',
      at: shown.at ?? '',
      editor: draft?.editedBy === editorOf(ctx).id ? 'you' : 'another editor',
      withdrawn: guide.withdrawn !== null,
      typedReason: shown.reason ?? '',
      markup: renderMarkdown(text.body, 'preview-', await resolveIn(ctx, guide.id, text.body, null)).markup,
      changes,
      countWords: changeWords(countChanges(changes)),
      theirs: shown.theirs ?? null,
    },
    {
      title: `Edit “${guide.current.title}”`,
      crumbs: [
        { text: 'Guidance', href: guidancePath },
        ...(guide.current.number > 0
          ? [{ text: guide.current.title, href: guidePagePath(guide.id) }]
          : [{ text: 'Editors’ desk', href: deskPath }]),
      ],
      wide: true,
      faulty: problems.length > 0,
      status: shown.theirs ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

/** Characters of a page's text; the longest page of the guide has a twentieth of it. */
const longestBody = 100_000;

const problemsOf = (text: EditedText): readonly FormProblem[] => [
  ...(text.title.trim() === '' ? [{ field: 'title', text: 'Enter a title' }] : []),
  ...(text.summary.trim() === '' ? [{ field: 'summary', text: 'Enter one sentence for lists' }] : []),
  ...(text.body.trim() === '' ? [{ field: 'body', text: 'Enter the text' }] : []),
  ...(text.body.length > longestBody
    ? [{ field: 'body', text: `Use up to ${longestBody.toLocaleString('en-GB')} characters` }]
    : []),
  ...(text.major && text.changeNote.trim() === ''
    ? [{ field: 'changeNote', text: 'Say what changed, since readers are told of it' }]
    : []),
];

const refusalWords: Readonly<Record<PublishRefusal, string>> = {
  unknown: 'The page is not here any more.',
  'not-in-the-future': 'Enter a time that is still to come',
  'nothing-submitted': 'No draft has been handed over.',
  changed: 'The draft was changed after you opened it. Look at it again',
  'needs-second-person': 'You wrote it, so someone else has to publish it: this instance wants a second person always',
  'others-can': 'You wrote it, and there are other editors who can check and publish it',
};

/** Characters below which too much else would be hit. */
const shortestTakenOut = 4;

const address = '/guidance/:page/edit';

export const editingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: address,
    access: edit,
    audit: 'guidance.edit-form',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: address,
    access: edit,
    audit: 'guidance.save-draft',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const lines = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n');
      const typed: EditedText = {
        title: lines('title'),
        summary: lines('summary'),
        body: lines('body'),
        major: fields.get('major') === 'yes',
        changeNote: lines('changeNote'),
      };
      const revision = Number(fields.get('revision') ?? '0') || 0;
      const submit = fields.get('act') === 'submit';
      const problems = submit ? problemsOf(typed) : problemsOf({ ...typed, major: false });
      if (problems.length > 0) return show(request, ctx, { problems, typed, revision });
      const guide = await pageToEdit(request, ctx);
      const faults = submit ? (await checkDraft(ctx, guide.id, typed.body)).filter((one) => one.kind === 'error') : [];
      if (faults.length > 0)
        return show(request, ctx, {
          typed,
          revision,
          problems: faults.map((one) => ({ field: 'body', text: `Line ${one.line}: ${one.text}` })),
        });
      const answer = await saveDraftOf(ctx, editorOf(ctx), guide.id, typed, revision, submit);
      if (answer.kind === 'ok') return redirect(`${editPath(guide.id)}?done=${submit ? 'submitted' : 'saved'}`);
      if (answer.refusal.kind === 'unknown') throw notFound();
      const { now } = answer.refusal;
      return show(request, ctx, {
        typed,
        revision: now.revision,
        theirs: compareTexts(typed.body, now.body),
        problems: [
          {
            field: 'body',
            text: 'Someone saved this draft after you opened it. Yours is still in the form, theirs is compared with it below. Saving again replaces theirs',
          },
        ],
      });
    },
  },
  {
    // While someone writes: nothing is saved by it.
    method: 'POST',
    path: `${address}/preview`,
    access: edit,
    audit: 'guidance.preview',
    perMinute: 240,
    handle: async (request, ctx) => {
      const guide = await pageToEdit(request, ctx);
      const body = ((await request.form()).fields.get('body') ?? '').replaceAll('\r\n', '\n').slice(0, longestBody);
      const { markup } = renderMarkdown(body, 'preview-', await resolveIn(ctx, guide.id, body, null));
      const findings = (await checkDraft(ctx, guide.id, body)).map(findingWords);
      return {
        kind: 'file',
        name: 'preview.json',
        type: 'application/json',
        inline: true,
        body: JSON.stringify({ html: String(markup), findings: findings.length > 0 ? findings : ['Nothing found.'] }),
      };
    },
  },
  {
    method: 'POST',
    path: `${address}/publish`,
    access: edit,
    audit: 'guidance.publish',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const revision = Number(fields.get('revision') ?? '') || 0;
      const id = request.params.page ?? '';
      const typedAt = (fields.get('at') ?? '').trim();
      const at = typedAt === '' ? null : londonTime(typedAt);
      if (typedAt !== '' && !at)
        return show(request, ctx, {
          problems: [{ field: 'at', text: 'Enter a day and time, such as 2026-12-01 09:00' }],
          at: typedAt,
        });
      const answer = await publish(ctx, editorOf(ctx), id, revision, at);
      if (answer.kind === 'ok' && answer.value === null) return redirect(`${editPath(id)}?done=scheduled`);
      if (answer.kind === 'ok') return redirect(`${guidePagePath(id)}?done=published`);
      if (answer.refusal === 'not-in-the-future')
        return show(request, ctx, { problems: [{ field: 'at', text: refusalWords[answer.refusal] }], at: typedAt });
      if (answer.refusal === 'unknown') throw notFound();
      return show(request, ctx, { problems: [{ field: '', text: refusalWords[answer.refusal] }] });
    },
  },
  {
    method: 'POST',
    path: `${address}/discard`,
    access: edit,
    audit: 'guidance.discard-draft',
    handle: async (request, ctx) => {
      const guide = await pageToEdit(request, ctx);
      await discardDraft(ctx, guide.id);
      return redirect(
        guide.current.number === 0 ? `${deskPath}?done=discarded` : `${guidePagePath(guide.id)}?done=discarded`,
      );
    },
  },
  {
    method: 'POST',
    path: `${address}/restore`,
    access: edit,
    audit: 'guidance.restore-as-draft',
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      const number = Number((await request.form()).fields.get('version') ?? '');
      const version = (await listVersions(ctx, guide.id)).find((one) => one.number === number);
      if (!version) throw notFound('There is no such version of this page.');
      if (await findDraft(ctx, guide.id))
        throw new WebProblem(
          409,
          `There is a draft of this page already. Publish it or throw it away first: ${historyPath(guide.id)}`,
        );
      await restoreAsDraft(ctx, editorOf(ctx), guide.id, version, number);
      return redirect(`${editPath(guide.id)}?done=restored`);
    },
  },
  {
    method: 'POST',
    path: `${address}/withdraw`,
    access: edit,
    audit: 'guidance.withdraw',
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      const { fields } = await request.form();
      const reason = (fields.get('reason') ?? '').trim();
      const instead = fields.get('instead') ?? '';
      const other = (await listPages(ctx)).find((one) => one.id === instead && one.id !== guide.id);
      if (guide.withdrawn === null && reason === '')
        return show(request, ctx, { problems: [{ field: 'reason', text: 'Say why, for readers' }], reason });
      await withdraw(ctx, guide.id, guide.withdrawn === null ? reason : null, other?.id ?? null);
      return redirect(`${guidePagePath(guide.id)}?done=${guide.withdrawn === null ? 'withdrawn' : 'again'}`);
    },
  },
  {
    method: 'POST',
    path: `${address}/take-out`,
    access: edit,
    audit: 'guidance.take-words-out',
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      const { fields } = await request.form();
      const asked = { words: (fields.get('words') ?? '').trim(), reason: (fields.get('why') ?? '').trim() };
      const wrong = (field: string, text: string) =>
        show(request, ctx, { takeOut: asked, problems: [{ field, text }] });
      if (asked.words.length < shortestTakenOut)
        return wrong('words', `Enter the words as they stand there, at least ${shortestTakenOut} characters`);
      if (asked.reason === '') return wrong('why', 'Say why, for the history, without the words themselves');
      if (asked.reason.includes(asked.words))
        return wrong('why', 'The reason is public: leave the words themselves out');
      const done = await takeOut(ctx, editorOf(ctx), guide.id, asked.words, asked.reason);
      if (done.kind === 'refused') return wrong('words', 'No version of this page has these words');
      return redirect(`${historyPath(guide.id)}?done=taken-out`);
    },
  },
];
