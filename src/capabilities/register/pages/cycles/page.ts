import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { subscribeRoutes } from '#web/subscribe-form.ts';
import { day } from '#web/words.ts';
import { type CycleState, carriedOver, cycleState, scopeWords } from '../../domain/cycle.ts';
import { type Body, noKeys } from '../../domain/fact.ts';
import { noFilters } from '../../domain/register-filters.ts';
import {
  carryOverPath,
  cycleEditPath,
  cyclePath,
  cyclesPath,
  followCyclesPath,
  proposalPath,
  registerPath,
} from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { cycleStages, findLeftOvers, readCycle, readCycles } from '../../use-cases/cycles.ts';
import { propose } from '../../use-cases/propose.ts';
import { asOfToday } from '../../use-cases/read-register.ts';
import { windowWords } from '../entry/fact-lines.ts';
import { listQuery } from '../list/list-query.ts';
import { kindWords } from '../register-band.ts';

export const cycleCrumbs = [
  { text: 'Start', href: '/' },
  { text: 'Register', href: registerPath() },
];

type Tag = { readonly text: string; readonly classes: string };
const stateTags: Readonly<Record<CycleState, Tag>> = {
  'not-known': { text: 'Dates not known', classes: 'govuk-tag--grey' },
  coming: { text: 'Coming', classes: 'govuk-tag--blue' },
  open: { text: 'Open', classes: 'govuk-tag--green' },
  closed: { text: 'Closed', classes: 'govuk-tag--grey' },
};

type ListModel = {
  readonly kindWords: string;
  readonly today: string;
  readonly cycles: readonly {
    readonly title: string;
    readonly href: string;
    readonly tag: Tag;
    readonly windows: readonly string[];
    readonly firstTeach: string;
    readonly isNow: boolean;
  }[];
  readonly followHref: string;
  readonly anyOpen: boolean;
};
const listView = view<ListModel>('capabilities/register/pages/cycles/list.njk');

const showCycles = async (_request: PageRequest, ctx: Context): Promise<Answer> => {
  const today = londonDay(ctx.clock());
  const cycles = (await readCycles(ctx, asOfToday(ctx))).filter((one) => !one.draft);
  const states = cycles.map((one) => cycleState(one, today));
  return page(
    listView,
    {
      kindWords: await kindWords(ctx),
      today: day(ctx.clock()),
      anyOpen: states.includes('open') || states.includes('coming'),
      cycles: cycles.map((one, index) => ({
        title: one.title,
        href: cyclePath(one.id),
        tag: stateTags[states[index] ?? 'not-known'],
        windows: one.windows.map(windowWords),
        firstTeach: one.firstTeach,
        isNow: states[index] === 'open',
      })),
      followHref: followCyclesPath,
    },
    {
      title: 'Cycles of approval',
      crumbs: cycleCrumbs,
      description:
        'When qualifications could be handed in for approval as HTQs, which routes were in scope, and what comes next.',
    },
  );
};

type CycleModel = {
  readonly kindWords: string;
  readonly title: string;
  readonly tag: Tag;
  readonly windows: readonly string[];
  readonly firstTeach: string;
  readonly stages: readonly {
    readonly title: string;
    readonly when: string;
    readonly todo: string;
    readonly source: string;
  }[];
  readonly scopes: readonly { readonly title: string; readonly routes: readonly string[] }[];
  readonly standards: readonly { readonly reference: string; readonly scope: string; readonly note: string }[];
  readonly source: string;
  readonly followHref: string;
  readonly approvedHref: string;
  readonly keeping: readonly { readonly text: string; readonly href: string }[];
};
const cycleView = view<CycleModel>('capabilities/register/pages/cycles/cycle.njk');

const showCycle = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const cycle = await readCycle(ctx, request.params.cycle ?? '');
  const keeps = isAllowed(ctx.actor, keepRegister);
  if (!cycle || (cycle.draft && !keeps)) throw notFound('There is no such cycle.');
  return page(
    cycleView,
    {
      kindWords: await kindWords(ctx),
      title: cycle.title,
      tag: stateTags[cycleState(cycle, londonDay(ctx.clock()))],
      windows: cycle.windows.map(windowWords),
      firstTeach: cycle.firstTeach,
      stages: cycleStages.map((stage) => {
        const dates = cycle.stages.find((one) => one.id === stage.id);
        const parts = [
          dates?.opens ? `from ${day(dates.opens)}` : '',
          dates?.closes ? `until ${day(dates.closes)}` : '',
        ].filter(Boolean);
        return { ...stage, when: parts.length > 0 ? parts.join(' ') : 'Days not known' };
      }),
      scopes: (['in', 'ask', 'out'] as const)
        .map((scope) => ({
          title: scopeWords[scope],
          routes: cycle.routes.filter((one) => one.scope === scope).map((one) => one.route),
        }))
        .filter((one) => one.routes.length > 0),
      standards: cycle.standards.map((one) => ({ ...one, scope: scopeWords[one.scope] })),
      source: cycle.source,
      followHref: `${followCyclesPath}?cycle=${encodeURIComponent(cycle.id)}`,
      approvedHref: registerPath(listQuery({ ...noFilters, words: null, state: 'approved' }, new URLSearchParams())),
      keeping: keeps
        ? [
            { text: 'Put it right', href: cycleEditPath(cycle.id) },
            { text: 'Carry it over to the next cycle', href: carryOverPath(cycle.id) },
          ]
        : [],
    },
    {
      title: cycle.title,
      crumbs: [...cycleCrumbs, { text: 'Cycles', href: cyclesPath }],
      description: `${cycle.title} of approval: windows, routes in scope, stages and what to do at each.`,
    },
  );
};

type CarryModel = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly last: string;
  readonly action: string;
  readonly formId: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly routes: readonly { readonly name: string; readonly route: string; readonly scope: string }[];
  readonly leftOvers: readonly string[];
  readonly checked: boolean;
};
const carryView = view<CarryModel>('capabilities/register/pages/cycles/carry-over.njk');

const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  return ctx.actor;
};

const showCarryOver = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly typed?: Readonly<Record<string, string>>;
    readonly problems?: readonly FormProblem[];
    readonly id?: string;
    readonly leftOvers?: readonly string[];
  } = {},
): Promise<Answer> => {
  const last = await readCycle(ctx, request.params.cycle ?? '');
  if (!last) throw notFound('There is no such cycle.');
  const problems = more.problems ?? [];
  const typed = more.typed ?? {};
  const found =
    more.leftOvers ?? (await findLeftOvers(ctx, { ...carriedOver(last, 'next'), id: 'next' })).map((one) => one.words);
  return page(
    carryView,
    {
      kindWords: await kindWords(ctx),
      problems,
      last: last.title,
      action: carryOverPath(last.id),
      formId: more.id ?? randomUUID(),
      typed: { cycle: '', opens: '', closes: '', firstTeach: '', source: '', ...typed },
      stages: cycleStages.map(({ id, title }) => ({ id, title })),
      routes: last.routes.map((one, index) => ({
        name: `route-${index}`,
        route: one.route,
        scope: typed[`route-${index}`] ?? one.scope,
      })),
      leftOvers: found,
      checked: more.leftOvers !== undefined,
    },
    {
      title: `Carry ${last.title} over`,
      crumbs: [...cycleCrumbs, { text: 'Cycles', href: cyclesPath }, { text: last.title, href: cyclePath(last.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const carryOver = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const last = await readCycle(ctx, request.params.cycle ?? '');
  if (!last) throw notFound('There is no such cycle.');
  const { fields } = await request.form();
  const typed: Record<string, string> = Object.fromEntries([...fields].map(([name, value]) => [name, value.trim()]));
  const id = formId(fields);
  const dayTyped = (name: string): string | null => readTypedDay(typed[name] ?? '');
  const problems: FormProblem[] = [];
  if (!/^\d+(?:\.\d+)?$/.test(typed.cycle ?? ''))
    problems.push({ field: 'cycle', text: 'Enter the number of the next cycle, such as 6' });
  else if (await readCycle(ctx, typed.cycle ?? ''))
    problems.push({ field: 'cycle', text: 'There is a cycle of this number already' });
  for (const [name, words] of [
    ['opens', 'the day on which the window opens'],
    ['closes', 'the day on which it closes'],
  ] as const)
    if (dayTyped(name) === null) problems.push({ field: name, text: `Enter ${words}, such as 1/2/2027` });
  for (const stage of cycleStages)
    if (typed[`stage-${stage.id}`] && dayTyped(`stage-${stage.id}`) === null)
      problems.push({ field: `stage-${stage.id}`, text: `${stage.title}: enter a day, such as 1/2/2027` });
  for (const name of ['firstTeach', 'source'] as const)
    if (!typed[name])
      problems.push({
        field: name,
        text: name === 'source' ? 'Say where this was announced' : 'Enter when it may first be taught',
      });
  const next: Body<'cycle'> = {
    ...carriedOver(last, typed.cycle ?? ''),
    draft: false,
    windows: [{ name: 'Window', opens: dayTyped('opens'), closes: dayTyped('closes'), known: '' }],
    routes: last.routes.map((one, index) => {
      const scope = typed[`route-${index}`];
      return { route: one.route, scope: scope === 'in' || scope === 'ask' || scope === 'out' ? scope : one.scope };
    }),
    stages: cycleStages.map((stage) => ({ id: stage.id, opens: null, closes: dayTyped(`stage-${stage.id}`) })),
    firstTeach: typed.firstTeach ?? '',
    source: typed.source ?? '',
  };
  const found = (await findLeftOvers(ctx, { ...next, id: typed.cycle ?? '' })).map((one) => one.words);
  if (found.length > 0)
    problems.push({
      field: 'left-over',
      text: `${found.length === 1 ? 'One thing is' : `${found.length} things are`} left over from the last cycle: put them right first`,
    });
  if (problems.length > 0) return showCarryOver(request, ctx, { typed, problems, id, leftOvers: found });
  await propose(ctx, editorOf(ctx), {
    id,
    words: `Publish cycle ${typed.cycle}`,
    reason: typed.source ?? '',
    assertions: [
      { kind: 'cycle', subject: typed.cycle ?? '', keys: noKeys, from: londonDay(ctx.clock()), to: null, body: next },
    ],
  });
  return redirect(`${proposalPath(id)}?done=proposed`);
};

export const cycleRoutes: readonly Route[] = [
  { method: 'GET', path: cyclesPath, access: 'anyone', audit: 'register.cycles', handle: showCycles },
  ...subscribeRoutes({
    list: 'cycles',
    path: followCyclesPath,
    crumbs: [...cycleCrumbs, { text: 'Cycles', href: cyclesPath }],
    title: 'Be reminded of dates',
    label: 'Of the dates of',
    groups: async (ctx) => [
      {
        title: 'Everything',
        choices: [{ value: 'all', text: 'Every cycle', words: 'the dates of every cycle of approval' }],
      },
      {
        title: 'A cycle',
        choices: (await readCycles(ctx, asOfToday(ctx)))
          .filter((one) => !one.draft)
          .map((one) => ({
            value: `cycle:${one.id}`,
            text: one.title,
            words: `the dates of ${one.title.toLowerCase()} of approval`,
          })),
      },
    ],
    asked: (query) => (query.has('cycle') ? `cycle:${query.get('cycle')}` : null),
  }),
  { method: 'GET', path: '/cycles/:cycle', access: 'anyone', audit: 'register.cycle', handle: showCycle },
  {
    method: 'GET',
    path: '/cycles/:cycle/carry-over',
    access: keepRegister,
    audit: 'register.carry-over-form',
    handle: (request, ctx) => showCarryOver(request, ctx),
  },
  {
    method: 'POST',
    path: '/cycles/:cycle/carry-over',
    access: keepRegister,
    audit: 'register.carry-over',
    handle: carryOver,
  },
];
