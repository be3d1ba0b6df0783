import { peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { entryPath, proposalPath, proposalsPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import {
  type DecisionRefusal,
  decideProposal,
  findProposal,
  listProposals,
  type Proposal,
  standingBefore,
  whyNotEntered,
} from '../../use-cases/propose.ts';
import { asOfToday, standingFrom } from '../../use-cases/read-register.ts';
import { bodyLines, factTitle } from '../entry/fact-lines.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

type ListModel = {
  readonly kindWords: string;
  readonly waiting: readonly { readonly words: string; readonly href: string; readonly about: string }[];
  readonly decided: readonly { readonly words: string; readonly href: string; readonly about: string }[];
};
type Model = {
  readonly kindWords: string;
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly words: string;
  readonly state: string;
  readonly open: boolean;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  /** Why whoever looks cannot enter it; empty: they can. */
  readonly cannot: string;
  /** Whoever looks proposed it, and may enter it, since nobody else can. */
  readonly alone: boolean;
  readonly reason: string;
  readonly madeWords: string;
  readonly decidedWords: string;
  readonly note: string;
  readonly action: string;
  readonly entryHref: string;
  readonly rows: readonly {
    readonly title: string;
    readonly truth: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
};

const listView = view<ListModel>('capabilities/register/pages/proposals/list.njk');
const proposalView = view<Model>('capabilities/register/pages/proposals/page.njk');

const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  return ctx.actor;
};

const refusalWords: Readonly<Record<DecisionRefusal, string>> = {
  unknown: 'It is not here any more',
  decided: 'Someone has decided meanwhile',
  'needs-second-person': 'You proposed it, and this instance wants someone else to enter it',
  'others-can': 'You proposed it, and there are other editors who can enter it',
  'left-over':
    'Something is left over from the last cycle: a draft, a date outside the window or an offer without a home. Put it right first: the page on which a cycle is carried over lists it',
  changed:
    'The register has changed since in what this touches: do not enter it, and propose anew what is still to change',
};
const stateWords = { waiting: 'Waits for a second person', entered: 'Entered', declined: 'Not entered' } as const;
const doneWords: Readonly<Record<string, string>> = {
  proposed: 'It waits for a second person.',
  entered: 'It stands in the register.',
  declined: 'It was not entered.',
};

const namesOf = async (ctx: Context): Promise<(id: string | null) => string> => {
  const names = new Map((await peopleWithRole(ctx, 'editor')).map((one) => [one.id, one.name]));
  return (id) => (id === null ? 'someone who is gone' : (names.get(id) ?? 'someone else'));
};

/** The page of an entry: today, or on the day on which what is new there begins. */
const entryHref = async (ctx: Context, id: string): Promise<string> => {
  const [first] = await standingFrom(ctx, asOfToday(ctx).on, { kinds: ['qualification'], qualifications: [id] });
  return first && first.from > asOfToday(ctx).on ? `${entryPath(id)}?on=${first.from}` : entryPath(id);
};

const show = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  note = '',
): Promise<Answer> => {
  const one = await findProposal(ctx, request.params.proposal ?? '');
  if (!one) throw notFound('There is no such proposal.');
  const name = await namesOf(ctx);
  const person = editorOf(ctx);
  const why = one.state === 'waiting' ? await whyNotEntered(ctx, one, person) : null;
  const entry = one.assertions.find((each) => each.keys.qualification !== null)?.keys.qualification ?? null;
  return page(
    proposalView,
    {
      kindWords: await kindWords(ctx),
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      problems,
      words: one.words,
      state: stateWords[one.state],
      open: one.state === 'waiting',
      choices: [
        ...(why === null ? [{ value: 'enter', text: 'Enter it in the register' }] : []),
        {
          value: 'decline',
          text: one.madeBy === person.id && why !== null ? 'Take it back: it is not to be entered' : 'Do not enter it',
        },
      ],
      cannot:
        why === null
          ? ''
          : why === 'changed' || why === 'left-over'
            ? `${refusalWords[why]}.`
            : 'You proposed this: another editor has to check it before it is entered. You may take it back.',
      alone: one.madeBy === person.id && why === null,
      reason: one.reason,
      madeWords: `Proposed by ${name(one.madeBy)} on ${moment(one.madeAt)}`,
      decidedWords: one.decidedAt
        ? `${stateWords[one.state]} by ${name(one.decidedBy)} on ${moment(one.decidedAt)}${one.onePerson ? ': one person did both, since nobody else could' : ''}`
        : '',
      note: one.state === 'waiting' ? note : one.note,
      action: proposalPath(one.id),
      entryHref: entry && one.state === 'entered' ? await entryHref(ctx, entry) : '',
      rows: (await standingBefore(ctx, one)).map(({ assertion, before, begins }) => ({
        title: factTitle(assertion.kind),
        truth:
          assertion.to === null
            ? `from ${day(assertion.from)}`
            : `from ${day(assertion.from)} until ${day(assertion.to)}`,
        before: before
          ? [...(begins ? [`To begin on ${day(begins)}:`] : []), ...bodyLines(before.kind, before.body, before)]
          : [],
        after: assertion.body ? bodyLines(assertion.kind, assertion.body, assertion) : ['It ends'],
      })),
    },
    {
      title: one.words,
      crumbs: [...registerCrumbs, { text: 'To be checked', href: proposalsPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** Decided ones that are still listed. */
const listed = 20;

export const proposalRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: proposalsPath,
    access: keepRegister,
    audit: 'register.proposals',
    handle: async (_request, ctx) => {
      const name = await namesOf(ctx);
      const row = (one: Proposal) => ({
        words: one.words,
        href: proposalPath(one.id),
        about: one.decidedAt
          ? `${stateWords[one.state]} by ${name(one.decidedBy)} on ${day(one.decidedAt)}`
          : `Proposed by ${name(one.madeBy)} on ${day(one.madeAt)}`,
      });
      return page(
        listView,
        {
          kindWords: await kindWords(ctx),
          waiting: (await listProposals(ctx, 'waiting', 500)).map(row),
          decided: [
            ...(await listProposals(ctx, 'entered', listed)),
            ...(await listProposals(ctx, 'declined', listed)),
          ].map(row),
        },
        { title: 'To be checked', crumbs: registerCrumbs },
      );
    },
  },
  {
    method: 'GET',
    path: '/register/proposals/:proposal',
    access: keepRegister,
    audit: 'register.proposal',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/register/proposals/:proposal',
    access: keepRegister,
    audit: 'register.decide',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const note = (fields.get('note') ?? '').trim();
      const decision = fields.get('decision') ?? '';
      if (decision !== 'enter' && decision !== 'decline')
        return show(request, ctx, [{ field: 'decision-enter', text: 'Choose what to do' }], note);
      if (decision === 'decline' && note === '')
        return show(request, ctx, [{ field: 'note', text: 'Say why not' }], note);
      const id = request.params.proposal ?? '';
      const done = await decideProposal(ctx, editorOf(ctx), id, { enter: decision === 'enter', note });
      if (done.kind === 'refused') {
        if (done.refusal === 'unknown') throw notFound('There is no such proposal.');
        return show(request, ctx, [{ field: '', text: refusalWords[done.refusal] }], note);
      }
      return redirect(`${proposalPath(id)}?done=${decision === 'enter' ? 'entered' : 'declined'}`);
    },
  },
];
