import { randomUUID } from 'node:crypto';
import { londonTime } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, moment } from '#web/words.ts';
import { move, takeOut } from '../domain/edit-questions.ts';
import { type Question, type Questionnaire, questionKindWords } from '../domain/questionnaire.ts';
import { type Round, roundState, roundStateWords } from '../domain/round.ts';
import { editRoundPath, readRoundPath, roundPath, roundsDeskPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { fiveQuestions } from '../use-cases/opening-questions.ts';
import {
  beginRound,
  describeRound,
  findRoundVersion,
  listRounds,
  listRoundVersions,
  putToUse,
  saveQuestions,
} from '../use-cases/rounds.ts';
import { crumbs } from './crumbs.ts';
import { conditionWords } from './edit-question.ts';
import { type ShownQuestion, shownQuestion } from './question-model.ts';
import { roundAsked } from './round-asked.ts';
import { type ListedRound, whenWords } from './rounds.ts';

type Typed = {
  readonly title: string;
  readonly purpose: string;
  readonly audience: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly onePerAddress: boolean;
};
type RoundModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly title: string;
  readonly state: string;
  readonly action: string;
  readonly revision: number;
  readonly previewHref: string;
  readonly readHref: string;
  readonly publicHref: string;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly when: string;
    readonly editHref: string;
    readonly addHref: string;
    readonly questions: readonly {
      readonly id: string;
      readonly title: string;
      readonly words: string;
      readonly editHref: string;
    }[];
  }[];
  readonly addSectionHref: string;
  readonly typed: Typed;
  readonly inUse: boolean;
  readonly version: number;
  readonly differs: boolean;
  readonly versions: readonly string[];
  readonly open: boolean;
};

const roundView = view<RoundModel>('capabilities/have-your-say/pages/editing/round.njk');
const deskView = view<{
  readonly problems: readonly FormProblem[];
  readonly rounds: readonly ListedRound[];
  readonly action: string;
  readonly id: string;
  readonly typed: string;
}>('capabilities/have-your-say/pages/editing/desk.njk');
const previewView = view<{
  readonly title: string;
  readonly editHref: string;
  readonly sections: readonly {
    readonly title: string;
    readonly lead: string;
    readonly when: string;
    readonly questions: readonly { readonly when: string; readonly shown: ShownQuestion }[];
  }[];
}>('capabilities/have-your-say/pages/editing/preview.njk');

export const deskCrumbs = [...crumbs, { text: 'Rounds', href: roundsDeskPath }];

const inLondon = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
});
const typedTime = (at: Date | null): string => (at ? inLondon.format(at) : '');

const questionWords = (all: Questionnaire, one: Question): string =>
  [
    questionKindWords[one.kind],
    one.kind === 'one-of' || one.kind === 'several-of' ? one.options.map((each) => each.text).join(' / ') : '',
    one.required ? 'Has to be answered' : '',
    conditionWords(all, one.when),
  ]
    .filter((part) => part !== '')
    .join('. ');

export const showRound = async (
  ctx: Context,
  round: Round,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: Typed;
    readonly doneWords?: string;
    readonly revision?: number;
  } = {},
): Promise<Answer> => {
  const problems = more.problems ?? [];
  const action = editRoundPath(round.slug);
  const asked = round.version > 0 ? await findRoundVersion(ctx, round.id, round.version) : null;
  const state = roundState(round, ctx.clock());
  return page(
    roundView,
    {
      problems,
      doneWords: more.doneWords ?? '',
      title: round.title,
      state: roundStateWords[state],
      action,
      revision: more.revision ?? round.revision,
      previewHref: `${action}/preview`,
      readHref: round.version > 0 ? readRoundPath(round.slug) : '',
      publicHref: roundPath(round.slug),
      sections: round.draft.sections.map((section) => ({
        id: section.id,
        title: section.title,
        when: conditionWords(round.draft, section.when),
        editHref: `${action}/section?what=${section.id}`,
        addHref: `${action}/question?section=${section.id}`,
        questions: section.questions.map((one) => ({
          id: one.id,
          title: one.title,
          words: questionWords(round.draft, one),
          editHref: `${action}/question?section=${section.id}&what=${one.id}`,
        })),
      })),
      addSectionHref: `${action}/section`,
      typed: more.typed ?? {
        title: round.title,
        purpose: round.purpose,
        audience: round.audience,
        opensAt: typedTime(round.opensAt),
        closesAt: typedTime(round.closesAt),
        onePerAddress: round.onePerAddress,
      },
      inUse: asked !== null,
      version: round.version,
      differs: JSON.stringify(asked) !== JSON.stringify(round.draft),
      versions: (await listRoundVersions(ctx, round.id)).map(
        (one) => `${one.number}: ${moment(one.madeAt)}${one.note === '' ? '' : `. ${one.note}`}`,
      ),
      open: state === 'open',
    },
    {
      title: round.title,
      crumbs: deskCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const changedFirst =
  'Somebody changed this round after you opened it. What you typed is still here: look at theirs, and save again';

const staysClosed: FormProblem = {
  field: 'closesAt',
  text: 'This round cannot be opened again: its results are published, or it is no longer known who answered. Begin another',
};

const showDesk = async (ctx: Context, problems: readonly FormProblem[] = [], typed = '', id = ''): Promise<Answer> => {
  const now = ctx.clock();
  return page(
    deskView,
    {
      problems,
      rounds: (await listRounds(ctx)).map((one) => ({
        title: one.title,
        href: editRoundPath(one.slug),
        words: `${whenWords(one, roundState(one, now))}. ${counted(one.version, 'version')} of its questions`,
      })),
      action: roundsDeskPath,
      id: id || randomUUID(),
      typed,
    },
    { title: 'Rounds', crumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

const doneWords: Readonly<Record<string, string>> = {
  saved: 'It is saved.',
  used: 'These questions are asked from now on.',
  closed: 'The round is closed.',
};

export const editRoundRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: roundsDeskPath,
    access: manageRounds,
    audit: 'have-your-say.rounds',
    handle: (_request, ctx) => showDesk(ctx),
  },
  {
    method: 'POST',
    path: roundsDeskPath,
    access: manageRounds,
    audit: 'have-your-say.begin-round',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const title = (fields.get('title') ?? '').trim().slice(0, 120);
      const id = formId(fields);
      if (title === '') return showDesk(ctx, [{ field: 'title', text: 'Enter a title' }], title, id);
      const questions = fields.get('with') === 'none' ? { sections: [] } : fiveQuestions;
      return redirect(editRoundPath(await beginRound(ctx, id, title, questions)));
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/edit',
    access: manageRounds,
    audit: 'have-your-say.edit-round',
    handle: async (request, ctx) =>
      showRound(ctx, await roundAsked(request, ctx), {
        doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      }),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/edit',
    access: manageRounds,
    audit: 'have-your-say.describe-round',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim().slice(0, 5000);
      const typed: Typed = {
        title: text('title'),
        purpose: text('purpose'),
        audience: text('audience'),
        opensAt: text('opensAt'),
        closesAt: text('closesAt'),
        onePerAddress: round.version > 0 ? round.onePerAddress : fields.get('onePerAddress') === 'yes',
      };
      const opensAt = typed.opensAt === '' ? null : londonTime(typed.opensAt);
      const closesAt = typed.closesAt === '' ? null : londonTime(typed.closesAt);
      const wrongTime = 'Enter a day and a time such as 2027-01-11 09:00';
      const problems: FormProblem[] = [
        ...(typed.title === '' ? [{ field: 'title', text: 'Enter a title' }] : []),
        ...(typed.opensAt !== '' && !opensAt ? [{ field: 'opensAt', text: wrongTime }] : []),
        ...(typed.closesAt !== '' && !closesAt ? [{ field: 'closesAt', text: wrongTime }] : []),
        ...(opensAt && closesAt && closesAt <= opensAt
          ? [{ field: 'closesAt', text: 'Let it close after it opens' }]
          : []),
      ];
      if (problems.length > 0) return showRound(ctx, round, { problems, typed });
      const about = { ...typed, opensAt, closesAt };
      const saved = await describeRound(ctx, round, about, Number(fields.get('revision')));
      if (saved.kind === 'refused')
        return showRound(ctx, await roundAsked(request, ctx), {
          typed,
          problems: [saved.refusal === 'changed' ? { field: '', text: changedFirst } : staysClosed],
        });
      return redirect(`${editRoundPath(round.slug)}?done=saved`);
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/edit/preview',
    access: manageRounds,
    audit: 'have-your-say.preview',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      return page(
        previewView,
        {
          title: round.title,
          editHref: editRoundPath(round.slug),
          sections: round.draft.sections.map((section) => ({
            title: section.title,
            lead: section.lead,
            when: conditionWords(round.draft, section.when),
            questions: section.questions.map((one) => ({
              when: conditionWords(round.draft, one.when),
              shown: shownQuestion(one, [], '', []),
            })),
          })),
        },
        {
          title: `All pages of ${round.title}`,
          crumbs: [...deskCrumbs, { text: round.title, href: editRoundPath(round.slug) }],
        },
      );
    },
  },
  ...(['move', 'take-out'] as const).map(
    (act): Route => ({
      method: 'POST',
      path: `/have-your-say/:round/edit/${act}`,
      access: manageRounds,
      audit: `have-your-say.${act}`,
      handle: async (request, ctx) => {
        const round = await roundAsked(request, ctx);
        const { fields } = await request.form();
        const what = fields.get('what') ?? '';
        const change = act === 'move' ? move(what, fields.get('way') === 'up' ? -1 : 1) : takeOut(what);
        const saved = await saveQuestions(ctx, round, Number(fields.get('revision')), change);
        if (saved.kind === 'refused')
          return showRound(ctx, await roundAsked(request, ctx), { problems: [{ field: '', text: changedFirst }] });
        return redirect(`${editRoundPath(round.slug)}?done=saved`);
      },
    }),
  ),
  {
    method: 'POST',
    path: '/have-your-say/:round/edit/put-to-use',
    access: manageRounds,
    audit: 'have-your-say.put-to-use',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const note = ((await request.form()).fields.get('note') ?? '').trim().slice(0, 500);
      const used = await putToUse(ctx, round, note);
      if (used.kind === 'refused')
        return showRound(ctx, round, { problems: used.refusal.map((text) => ({ field: '', text })) });
      return redirect(`${editRoundPath(round.slug)}?done=used`);
    },
  },
];
