import { colleaguesOf } from '#cap/accounts';
import { page, view } from '#web/answer.ts';
import { type PageLinks, pageLinks } from '#web/page-links.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { isLate, isOpen, type LaidTask, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { newTaskPath, taskPath, tasksPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { namesIn, personOf, planAsked, planCrumbs } from './opened.ts';
import { type PlanTab, planTabs } from './plan-tabs.ts';

type Choice = { readonly value: string; readonly text: string; readonly chosen: boolean };
type Model = {
  readonly title: string;
  readonly parts: readonly PlanTab[];
  readonly action: string;
  readonly mineHref: string;
  readonly newTaskHref: string;
  readonly whose: readonly Choice[];
  readonly states: readonly Choice[];
  readonly strands: readonly Choice[];
  readonly words: string;
  readonly found: string;
  readonly lines: readonly {
    readonly title: string;
    readonly href: string;
    readonly strand: string;
    readonly who: string;
    readonly starts: string;
    readonly ends: string;
    readonly late: boolean;
    readonly status: string;
  }[];
  readonly links: PageLinks | null;
};

const tasksView = view<Model>('capabilities/readiness/pages/tasks/page.njk');

/** Rows of a page. */
const pageRows = 100;

/** States that tasks are listed by, in words; the first is what the list begins with. */
const states = { open: 'Open', late: 'Late', closed: 'Done or not needed', all: 'All' } as const;
type State = keyof typeof states;

const isIn = (one: LaidTask, state: State): boolean => {
  switch (state) {
    case 'open':
      return isOpen(one.task);
    case 'late':
      return isOpen(one.task) && isLate(one);
    case 'closed':
      return !isOpen(one.task);
    case 'all':
      return true;
  }
};

const choices = (pairs: readonly (readonly [string, string])[], chosen: string): readonly Choice[] =>
  pairs.map(([value, text]) => ({ value, text, chosen: value === chosen }));

export const tasksRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/tasks',
    access: keepPlans,
    audit: 'readiness.tasks',
    handle: async (request, ctx) => {
      const { plan, laid } = await planAsked(request, ctx);
      const colleagues = await colleaguesOf(ctx, plan.organisation);
      const names = await namesIn(ctx, plan);
      const me = personOf(ctx).id;
      const { query } = request;
      const asked = (name: string): string => query.get(name) ?? '';
      const whose =
        ['', 'me', 'nobody', ...colleagues.map((one) => one.id)].find((one) => one === asked('whose')) ?? '';
      const state = (Object.keys(states) as State[]).find((one) => one === asked('state')) ?? 'open';
      const strand = strands.find((one) => one === asked('strand')) ?? '';
      const words = asked('words').trim();
      const wanted = words.toLowerCase().split(/\s+/);
      const owner = whose === 'me' ? me : whose === 'nobody' ? null : whose;
      const found = laid.tasks
        .filter(
          (one) =>
            isIn(one, state) &&
            (whose === '' || one.task.owner === owner) &&
            (strand === '' || one.task.strand === strand) &&
            wanted.every((word) => one.task.title.toLowerCase().includes(word)),
        )
        .toSorted((one, other) => one.task.ends.localeCompare(other.task.ends));
      const pages = Math.max(1, Math.ceil(found.length / pageRows));
      const at = Math.min(pages, Math.max(1, Number.parseInt(asked('page'), 10) || 1));
      const kept = Object.entries({ whose, state: state === 'open' ? '' : state, strand, words });
      const address = (more: Readonly<Record<string, string>>): string => {
        const pairs = Object.entries({ ...Object.fromEntries(kept), ...more }).filter(([, value]) => value !== '');
        return `${tasksPath(plan.id)}${pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''}`;
      };
      return page(
        tasksView,
        {
          title: plan.qualification,
          parts: planTabs(plan, 'tasks'),
          action: tasksPath(plan.id),
          mineHref: `${tasksPath(plan.id)}?whose=me`,
          newTaskHref: newTaskPath(plan.id),
          whose: choices(
            [
              ['', 'Anyone’s'],
              ['me', 'Mine'],
              ['nobody', 'Nobody’s yet'],
              ...colleagues.filter((one) => one.id !== me).map((one) => [one.id, one.name] as const),
            ],
            whose,
          ),
          states: choices(Object.entries(states), state),
          strands: choices([['', 'All'], ...strands.map((one) => [one, strandWords[one]] as const)], strand),
          words,
          found:
            found.length === 0
              ? 'No task is like that.'
              : `${counted(found.length, 'task')}, by the day on which each is to be over${pages > 1 ? `; page ${at} of ${pages}` : ''}.`,
          lines: found.slice((at - 1) * pageRows, at * pageRows).map((one) => ({
            title: one.task.title,
            href: taskPath(plan.id, one.task.id),
            strand: strandWords[one.task.strand],
            who: one.task.owner ? names(one.task.owner) : 'Nobody’s yet',
            starts: day(one.task.starts),
            ends: day(one.task.ends),
            late: isOpen(one.task) && isLate(one),
            status: taskStatusWords[one.task.status],
          })),
          links: pageLinks(at, pages, (number) => address({ page: number === 1 ? '' : String(number) })),
        },
        { title: `Tasks: ${plan.qualification}`, crumbs: planCrumbs(plan), wide: true },
      );
    },
  },
];
