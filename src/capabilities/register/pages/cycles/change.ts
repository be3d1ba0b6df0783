import { randomUUID } from 'node:crypto';
import { londonDay } from '#kernel/london-time.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { type Cycle, leftOvers } from '../../domain/cycle.ts';
import { lines, type Typed } from '../../domain/edit-forms.ts';
import { type Assertion, type Body, noKeys } from '../../domain/fact.ts';
import { cycleEditPath, cyclePath, cyclesPath, proposalPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { changedMeanwhile } from '../../use-cases/changed-meanwhile.ts';
import { cycleStages, readCycle } from '../../use-cases/cycles.ts';
import { findProposal, propose } from '../../use-cases/propose.ts';
import { changedWords, openedAt } from '../edit/page.ts';
import { kindWords } from '../register-band.ts';
import { cycleCrumbs } from './page.ts';

type Model = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly action: string;
  readonly kept: Readonly<Record<string, string>>;
  readonly typed: Typed;
  readonly windows: readonly number[];
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly routes: readonly { readonly name: string; readonly route: string; readonly scope: string }[];
  readonly basis: string;
};
const changeView = view<Model>('capabilities/register/pages/cycles/change.njk');

type Scope = Body<'cycle'>['routes'][number]['scope'];
const isScope = (text: string | undefined): text is Scope => text === 'in' || text === 'ask' || text === 'out';

const held = async (request: PageRequest, ctx: Context): Promise<Cycle> => {
  const cycle = await readCycle(ctx, request.params.cycle ?? '');
  if (!cycle) throw notFound('There is no such cycle.');
  return cycle;
};

const standing = (cycle: Cycle): Typed => ({
  firstTeach: cycle.firstTeach,
  source: cycle.source,
  standards: cycle.standards.map((one) => `${one.reference} ${one.scope} ${one.note}`.trim()).join('\n'),
  ...Object.fromEntries(
    cycle.windows.flatMap((one, at) => [
      [`window-${at}`, one.name],
      [`opens-${at}`, one.opens ?? ''],
      [`closes-${at}`, one.closes ?? ''],
      [`known-${at}`, one.known],
    ]),
  ),
  ...Object.fromEntries(cycle.stages.map((one) => [`stage-${one.id}`, one.closes ?? ''])),
  ...Object.fromEntries(cycle.routes.map((one, at) => [`route-${at}`, one.scope])),
});

type Sent = {
  readonly typed: Typed;
  readonly basis: string;
  readonly id: string;
  readonly opened: Date;
  readonly problems: readonly FormProblem[];
};

const show = async (ctx: Context, cycle: Cycle, sent: Sent | null): Promise<Answer> => {
  const problems = sent?.problems ?? [];
  const typed = sent?.typed ?? standing(cycle);
  return page(
    changeView,
    {
      kindWords: await kindWords(ctx),
      problems,
      title: cycle.title,
      action: cycleEditPath(cycle.id),
      kept: { id: sent?.id ?? randomUUID(), opened: (sent?.opened ?? ctx.clock()).toISOString() },
      typed,
      // One more than there are, for a window that was left out.
      windows: Array.from({ length: cycle.windows.length + 1 }, (_, at) => at),
      stages: cycleStages.map(({ id, title }) => ({ id, title })),
      routes: cycle.routes.map((one, at) => ({
        name: `route-${at}`,
        route: one.route,
        scope: typed[`route-${at}`] ?? one.scope,
      })),
      basis: sent?.basis ?? '',
    },
    {
      title: `Put ${cycle.title} right`,
      crumbs: [...cycleCrumbs, { text: 'Cycles', href: cyclesPath }, { text: cycle.title, href: cyclePath(cycle.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** What was typed as a cycle, with what is wrong with it. */
const readChange = (cycle: Cycle, typed: Typed): { readonly body: Body<'cycle'>; readonly problems: FormProblem[] } => {
  const problems: FormProblem[] = [];
  const value = (name: string): string => typed[name] ?? '';
  const dayTyped = (name: string): string | null => {
    if (value(name) === '') return null;
    const read = readTypedDay(value(name));
    if (read === null) problems.push({ field: name, text: 'Enter a day, such as 1/2/2027, or leave it empty' });
    return read;
  };
  const windows = Array.from({ length: cycle.windows.length + 1 }, (_, at) => ({
    at,
    name: value(`window-${at}`),
    opens: dayTyped(`opens-${at}`),
    closes: dayTyped(`closes-${at}`),
    known: value(`known-${at}`),
  })).filter((one) => one.name !== '' || one.opens !== null || one.closes !== null);
  for (const one of windows)
    if (one.name === '') problems.push({ field: `window-${one.at}`, text: 'Say what this window is called' });
  if (windows.length === 0) problems.push({ field: 'window-0', text: 'Enter a window: its days may be left empty' });
  const standards = lines(value('standards'), /\n/).flatMap((line) => {
    const [reference = '', scope, ...note] = line.split(/\s+/);
    if (!isScope(scope) || !/^[A-Za-z]{2,4}\d{3,5}[A-Za-z]?$/.test(reference)) {
      problems.push({ field: 'standards', text: `“${line}”: enter a reference, then in, ask or out, then a note` });
      return [];
    }
    return [{ reference: reference.toUpperCase(), scope, note: note.join(' ') }];
  });
  for (const [name, words] of [
    ['firstTeach', 'Enter when it may first be taught'],
    ['source', 'Say where this was announced'],
  ] as const)
    if (value(name) === '') problems.push({ field: name, text: words });
  const { id: _, recordedAt: __, ...before } = cycle;
  const body: Body<'cycle'> = {
    ...before,
    windows: windows.map(({ at: _at, ...one }) => one),
    routes: cycle.routes.map((one, at) => {
      const scope = typed[`route-${at}`];
      return { route: one.route, scope: isScope(scope) ? scope : one.scope };
    }),
    standards,
    stages: cycleStages.map(({ id }) => ({
      id,
      opens: cycle.stages.find((one) => one.id === id)?.opens ?? null,
      closes: dayTyped(`stage-${id}`),
    })),
    firstTeach: value('firstTeach'),
    source: value('source'),
  };
  const crossed = leftOvers({ ...body, id: cycle.id }, { drafts: [], entries: [], providers: new Map(), today: '' });
  for (const one of crossed)
    problems.push({
      field:
        one.kind === 'crossed' ? `closes-${windows.find((each) => each.name === one.id)?.at ?? 0}` : `stage-${one.id}`,
      text: one.words,
    });
  return { body, problems };
};

const send = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  const now = ctx.clock();
  const cycle = await held(request, ctx);
  const { fields } = await request.form();
  const typed: Typed = Object.fromEntries(
    [...fields].map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()]),
  );
  const id = formId(fields);
  const basis = typed.basis ?? '';
  const opened = openedAt(typed.opened ?? '', now);
  const again = (problems: readonly FormProblem[], since = opened) =>
    show(ctx, cycle, { typed, basis, id, opened: since, problems });
  const { body, problems } = readChange(cycle, typed);
  if (basis === '') problems.push({ field: 'basis', text: 'Say what it rests on' });
  if (problems.length > 0) return again(problems);
  if (await findProposal(ctx, id)) return redirect(`${proposalPath(id)}?done=proposed`);
  const assertions: readonly Assertion[] = [
    { kind: 'cycle', subject: cycle.id, keys: noKeys, from: londonDay(now), to: null, body },
  ];
  if (await changedMeanwhile(ctx, assertions, opened)) return again([{ field: '', text: changedWords }], now);
  await propose(ctx, ctx.actor, { id, words: `Put ${cycle.title} right`, reason: basis, assertions });
  return redirect(`${proposalPath(id)}?done=proposed`);
};

export const cycleEditRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/cycles/:cycle/edit',
    access: keepRegister,
    audit: 'register.cycle-form',
    handle: async (request, ctx) => show(ctx, await held(request, ctx), null),
  },
  {
    method: 'POST',
    path: '/cycles/:cycle/edit',
    access: keepRegister,
    audit: 'register.propose-cycle',
    handle: send,
  },
];
