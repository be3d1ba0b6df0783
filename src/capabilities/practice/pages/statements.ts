import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import { isWrittenAsDay, readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { longestName, longestReason, longestStatement, mostYears, type Statement } from '../domain/statement.ts';
import { newStatementPath, statementsPath } from '../paths.ts';
import { moderate, sayTried } from '../policy.ts';
import { providerReasons } from '../use-cases/provider-reasons.ts';
import {
  endedStatements,
  keptDays,
  makeStatement,
  prolongStatement,
  standingStatements,
  takeOutStatement,
  withdrawStatement,
} from '../use-cases/statements.ts';

type Typed = {
  readonly organisation: string;
  readonly text: string;
  readonly approver: string;
  readonly approverRole: string;
  readonly endsOn: string;
  readonly consent: string;
};
type ShownStatement = {
  readonly id: string;
  readonly provider: string;
  readonly text: string;
  readonly approver: string;
  readonly until: string;
  readonly mine: boolean;
  readonly action: string;
  /** What was typed to prolong it, and what is wrong with that. */
  readonly endsOn: string;
  readonly problem: string;
  /** The same of why a moderator takes it out. */
  readonly reason: string;
  readonly reasonProblem: string;
};
type ListModel = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly statements: readonly ShownStatement[];
  /** Of the reader's own providers: over, and seen by nobody else. */
  readonly ended: readonly ShownStatement[];
  readonly keptDays: number;
  readonly mayTakeOut: boolean;
  readonly newHref: string;
  readonly source: string;
  readonly published: string;
  readonly updated: string;
  readonly reasons: readonly { readonly provider: string; readonly summary: string }[];
};
type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly id: string;
  readonly typed: Typed;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly action: string;
};

const listView = view<ListModel>('capabilities/practice/pages/statements/page.njk');
const formView = view<FormModel>('capabilities/practice/pages/statements/form.njk');

const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(sayTried);
  return ctx.actor;
};

const crumbs = [{ text: 'Start', href: '/' }];

const doneWords: Readonly<Record<string, string>> = {
  made: 'The statement is shown.',
  withdrawn: 'The statement is gone.',
  prolonged: 'The statement is shown for longer.',
  'taken-out': 'The statement is gone. Whoever brought it is told why.',
};

type LastDay = { readonly day: string; readonly problem: null } | { readonly day: null; readonly problem: string };

/** The last day of a statement as people type it, ISO, or what is wrong with it. */
const readLastDay = (ctx: Context, text: string): LastDay => {
  const today = londonDay(ctx.clock());
  const latest = `${Number(today.slice(0, 4)) + mostYears}${today.slice(4)}`;
  const wrong = (problem: string): LastDay => ({ day: null, problem });
  const typed = readTypedDay(text);
  if (typed === null)
    return wrong(isWrittenAsDay(text) ? `There is no such day as ${text}` : 'Enter a day, such as 31 July 2027');
  if (typed <= today) return wrong('Enter a day that is still to come');
  return typed > latest ? wrong(`Enter a day within the next ${mostYears} years`) : { day: typed, problem: null };
};

/** What was typed to prolong a statement, or to say why it is taken out, and what is wrong with it. */
type Wrong = {
  readonly statement: string;
  readonly field: 'ends' | 'reason';
  readonly typed: string;
  readonly problem: string;
};

const showList = async (ctx: Context, done: string, wrong: Wrong | null = null): Promise<Answer> => {
  const problems: readonly FormProblem[] = wrong
    ? [{ field: `${wrong.field}-${wrong.statement}`, text: wrong.problem }]
    : [];
  const wrongOf = (one: Statement, field: Wrong['field']): Wrong | null =>
    wrong?.statement === one.id && wrong.field === field ? wrong : null;
  const { actor } = ctx;
  const shown = (one: Statement): ShownStatement => ({
    id: one.id,
    provider: one.provider,
    text: one.text,
    approver: `${one.approver}, ${one.approverRole}`,
    until: day(one.endsOn),
    mine: actor.kind === 'person' && actor.memberships.some((held) => held.organisation === one.organisation),
    action: `${statementsPath}/${one.id}`,
    endsOn: wrongOf(one, 'ends')?.typed ?? '',
    problem: wrongOf(one, 'ends')?.problem ?? '',
    reason: wrongOf(one, 'reason')?.typed ?? '',
    reasonProblem: wrongOf(one, 'reason')?.problem ?? '',
  });
  return page(
    listView,
    {
      doneWords: doneWords[done] ?? '',
      problems,
      statements: (await standingStatements(ctx)).map(shown),
      ended: actor.kind === 'person' ? (await endedStatements(ctx, actor)).map(shown) : [],
      keptDays,
      mayTakeOut: isAllowed(actor, moderate),
      newHref: isAllowed(actor, sayTried) ? newStatementPath : '',
      source: providerReasons.source,
      published: day(providerReasons.published),
      updated: day(providerReasons.updated),
      reasons: providerReasons.reasons,
    },
    {
      title: 'Why providers offer HTQs',
      crumbs,
      description: 'Statements that providers approved, in their own words; and what four told in 2021, in ours.',
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const showForm = (ctx: Context, more: Partial<Pick<FormModel, 'problems' | 'typed' | 'id'>> = {}): Answer => {
  const person = personOf(ctx);
  const problems = more.problems ?? [];
  return page(
    formView,
    {
      problems,
      id: more.id ?? randomUUID(),
      typed: more.typed ?? { organisation: '', text: '', approver: '', approverRole: '', endsOn: '', consent: '' },
      providers: person.memberships
        .filter((one) => one.kind === 'provider')
        .map((one) => ({ id: one.organisation, name: one.name })),
      action: newStatementPath,
    },
    {
      title: 'Say why you offer HTQs',
      crumbs: [...crumbs, { text: 'Why providers offer HTQs', href: statementsPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const statementRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: statementsPath,
    access: 'anyone',
    audit: 'practice.statements',
    handle: (request, ctx) => showList(ctx, request.query.get('done') ?? ''),
  },
  {
    method: 'GET',
    path: newStatementPath,
    access: sayTried,
    audit: 'practice.new-statement-form',
    handle: (_request, ctx) => showForm(ctx),
  },
  {
    method: 'POST',
    path: newStatementPath,
    access: sayTried,
    audit: 'practice.new-statement',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed: Typed = {
        organisation: text('organisation'),
        text: text('text'),
        approver: text('approver'),
        approverRole: text('approverRole'),
        endsOn: text('endsOn'),
        consent: text('consent'),
      };
      const id = formId(fields);
      const end = readLastDay(ctx, typed.endsOn);
      const problems: FormProblem[] = [
        ...(typed.text === '' ? [{ field: 'text', text: 'Enter the statement' }] : []),
        ...(typed.text.length > longestStatement
          ? [{ field: 'text', text: `Use up to ${longestStatement.toLocaleString('en-GB')} characters` }]
          : []),
        ...(typed.approver === '' ? [{ field: 'approver', text: 'Name who approved it' }] : []),
        ...(['approver', 'approverRole'] as const).flatMap((field) =>
          typed[field].length > longestName ? [{ field, text: `Use up to ${longestName} characters` }] : [],
        ),
        ...(typed.approverRole === '' ? [{ field: 'approverRole', text: 'Say what they are at the provider' }] : []),
        ...(end.problem === null ? [] : [{ field: 'endsOn', text: end.problem }]),
        ...(typed.consent === 'yes' ? [] : [{ field: 'consent', text: 'Say that both have agreed' }]),
      ];
      if (problems.length > 0 || end.day === null) return showForm(ctx, { problems, typed, id });
      const { consent: _, ...stated } = typed;
      if (!(await makeStatement(ctx, personOf(ctx), { ...stated, endsOn: end.day, id })))
        return showForm(ctx, { problems: [{ field: 'organisation', text: 'Choose the provider' }], typed, id });
      return redirect(`${statementsPath}?done=made`);
    },
  },
  {
    method: 'POST',
    path: '/statements/:statement/withdraw',
    access: sayTried,
    audit: 'practice.withdraw-statement',
    handle: async (request, ctx) => {
      if (!(await withdrawStatement(ctx, personOf(ctx), request.params.statement ?? '')))
        throw notFound('There is no such statement of your provider.');
      return redirect(`${statementsPath}?done=withdrawn`);
    },
  },
  {
    method: 'POST',
    path: '/statements/:statement/prolong',
    access: sayTried,
    audit: 'practice.prolong-statement',
    handle: async (request, ctx) => {
      const endsOn = ((await request.form()).fields.get('endsOn') ?? '').trim();
      const end = readLastDay(ctx, endsOn);
      const id = request.params.statement ?? '';
      if (end.day === null)
        return showList(ctx, '', { statement: id, field: 'ends', typed: endsOn, problem: end.problem });
      if (!(await prolongStatement(ctx, personOf(ctx), id, end.day)))
        throw notFound('There is no such statement of your provider.');
      return redirect(`${statementsPath}?done=prolonged`);
    },
  },
  {
    method: 'POST',
    path: '/statements/:statement/take-out',
    access: moderate,
    audit: 'practice.take-out-statement',
    handle: async (request, ctx) => {
      const id = request.params.statement ?? '';
      const reason = ((await request.form()).fields.get('reason') ?? '').trim();
      const problem =
        reason === ''
          ? 'Say why: whoever brought it is told'
          : reason.length > longestReason
            ? `Use up to ${longestReason} characters`
            : null;
      if (problem !== null) return showList(ctx, '', { statement: id, field: 'reason', typed: reason, problem });
      if (!(await takeOutStatement(ctx, id, reason))) throw notFound('There is no such statement.');
      return redirect(`${statementsPath}?done=taken-out`);
    },
  },
];
