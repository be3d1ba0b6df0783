import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { putQuestion, putSection } from '../domain/edit-questions.ts';
import { allQuestions, questionKinds, questionKindWords } from '../domain/questionnaire.ts';
import type { Round } from '../domain/round.ts';
import { editRoundPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { newId, saveQuestions } from '../use-cases/rounds.ts';
import {
  emptyQuestion,
  readEdited,
  readWhen,
  type TypedQuestion,
  typedOfQuestion,
  typedQuestion,
  type WhenGroup,
  whenGroups,
} from './edit-question.ts';
import { changedFirst, deskCrumbs } from './edit-round.ts';
import { roundAsked } from './round-asked.ts';

type PartModel = {
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly action: string;
  readonly revision: number;
  readonly id: string;
  readonly whens: readonly WhenGroup[];
};
const sectionView = view<PartModel & { readonly typed: { readonly title: string; readonly lead: string } }>(
  'capabilities/have-your-say/pages/editing/section.njk',
);
const questionView = view<
  PartModel & {
    readonly section: string;
    readonly sectionId: string;
    readonly typed: TypedQuestion;
    readonly kinds: readonly { readonly text: string; readonly href: string }[];
  }
>('capabilities/have-your-say/pages/editing/question.njk');

const frameOf = (round: Round, title: string, problems: readonly FormProblem[]) => ({
  title,
  crumbs: [...deskCrumbs, { text: round.title, href: editRoundPath(round.slug) }],
  faulty: problems.length > 0,
  status: problems.length > 0 ? 422 : 200,
});

const showSection = (
  round: Round,
  id: string,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: { readonly title: string; readonly lead: string };
    readonly fields?: URLSearchParams;
  } = {},
): Answer => {
  const problems = more.problems ?? [];
  const there = round.draft.sections.find((one) => one.id === id);
  const title = there ? `Section: ${there.title}` : 'A new section';
  return page(
    sectionView,
    {
      problems,
      title,
      action: `${editRoundPath(round.slug)}/section`,
      revision: round.revision,
      id,
      typed: more.typed ?? { title: there?.title ?? '', lead: there?.lead ?? '' },
      whens: whenGroups(round.draft, id, more.fields ? readWhen(more.fields) : (there?.when ?? null)),
    },
    frameOf(round, title, problems),
  );
};

const showQuestion = (
  round: Round,
  sectionId: string,
  id: string,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed: TypedQuestion;
    readonly fields?: URLSearchParams;
  },
): Answer => {
  const problems = more.problems ?? [];
  const section = round.draft.sections.find((one) => one.id === sectionId);
  if (!section) throw notFound('There is no such section.');
  const there = section.questions.find((one) => one.id === id);
  const title = there ? 'Change a question' : 'Add a question';
  const action = `${editRoundPath(round.slug)}/question`;
  // What comes last may hang on everything before.
  const before = there ? id : (round.draft.sections[round.draft.sections.indexOf(section) + 1]?.id ?? null);
  return page(
    questionView,
    {
      problems,
      title: more.typed.kind === '' ? title : `${title}: ${wordsOf(more.typed.kind)}`,
      section: section.title,
      sectionId,
      action,
      revision: round.revision,
      id,
      typed: more.typed,
      kinds: questionKinds.map((kind) => ({
        text: questionKindWords[kind],
        href: `${action}?section=${sectionId}&kind=${kind}`,
      })),
      whens: whenGroups(round.draft, before, more.fields ? readWhen(more.fields) : (there?.when ?? null)),
    },
    frameOf(round, title, problems),
  );
};

const wordsOf = (kind: string): string => {
  const known = questionKinds.find((one) => one === kind);
  return known ? questionKindWords[known].toLowerCase() : '';
};

const saved = async (
  ctx: Context,
  round: Round,
  fields: URLSearchParams,
  change: Parameters<typeof saveQuestions>[3],
  again: (now: Round) => Answer,
  asked: () => Promise<Round>,
): Promise<Answer> => {
  const done = await saveQuestions(ctx, round, Number(fields.get('revision')), change);
  return done.kind === 'refused' ? again(await asked()) : redirect(`${editRoundPath(round.slug)}?done=saved`);
};

export const editPartRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/edit/section',
    access: manageRounds,
    audit: 'have-your-say.section-form',
    handle: async (request, ctx) => showSection(await roundAsked(request, ctx), request.query.get('what') ?? newId()),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/edit/section',
    access: manageRounds,
    audit: 'have-your-say.put-section',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const id = /^[\w-]{1,40}$/.exec(fields.get('what') ?? '')?.[0] ?? newId();
      const typed = {
        title: (fields.get('title') ?? '').trim().slice(0, 200),
        lead: (fields.get('lead') ?? '').replaceAll('\r\n', '\n').trim().slice(0, 5000),
      };
      if (typed.title === '')
        return showSection(round, id, { problems: [{ field: 'title', text: 'Enter a title' }], typed, fields });
      return saved(
        ctx,
        round,
        fields,
        putSection({ id, ...typed, when: readWhen(fields) }),
        (now) => showSection(now, id, { problems: [{ field: '', text: changedFirst }], typed, fields }),
        () => roundAsked(request, ctx),
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/edit/question',
    access: manageRounds,
    audit: 'have-your-say.question-form',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const id = request.query.get('what') ?? newId();
      const there = allQuestions(round.draft).find((one) => one.id === id);
      const kind = questionKinds.find((one) => one === request.query.get('kind')) ?? '';
      return showQuestion(round, request.query.get('section') ?? '', id, {
        typed: there ? typedOfQuestion(there) : emptyQuestion(kind),
      });
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/edit/question',
    access: manageRounds,
    audit: 'have-your-say.put-question',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const id = /^[\w-]{1,40}$/.exec(fields.get('what') ?? '')?.[0] ?? newId();
      const section = fields.get('section') ?? '';
      const typed = typedQuestion(fields);
      const before = allQuestions(round.draft).find((one) => one.id === id) ?? null;
      const { problems, question } = readEdited(typed, id, readWhen(fields), before);
      if (!question) return showQuestion(round, section, id, { problems, typed, fields });
      if (!round.draft.sections.some((one) => one.id === section)) throw notFound('There is no such section.');
      return saved(
        ctx,
        round,
        fields,
        putQuestion(section, question),
        (now) => showQuestion(now, section, id, { problems: [{ field: '', text: changedFirst }], typed, fields }),
        () => roundAsked(request, ctx),
      );
    },
  },
];
