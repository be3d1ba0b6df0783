import type { FormProblem } from '#web/form-problem.ts';
import { day, thousands } from '#web/words.ts';
import { dayTyped, lastDay } from '../domain/calendar-day.ts';
import { type Task, taskStatuses, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { mostTasks } from '../use-cases/keep-plans.ts';
import type { TaskRefusal, TaskText } from '../use-cases/work-on-tasks.ts';
import { poundsAndPence, readAmount } from './amount.ts';
import { dayProblem, longestLine, tooLong } from './asked.ts';

/** A task as it was typed. */
export type TypedTask = {
  readonly title: string;
  readonly why: string;
  readonly strand: string;
  readonly owner: string;
  readonly status: string;
  readonly starts: string;
  readonly ends: string;
  readonly after: readonly string[];
  readonly cost: string;
  readonly evidence: string;
};

/** Letters of a text of several lines. */
export const longestText = 2000;

export const asTyped = (task: Task): TypedTask => ({
  ...task,
  owner: task.owner ?? '',
  starts: day(task.starts),
  ends: day(task.ends),
  cost: task.cost === null ? '' : String(task.cost),
});

export const typedIn = (fields: URLSearchParams): TypedTask => {
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  return {
    title: text('title'),
    why: text('why'),
    strand: text('strand'),
    owner: text('owner'),
    status: text('status'),
    starts: text('starts'),
    ends: text('ends'),
    after: fields.getAll('after'),
    cost: text('cost'),
    evidence: text('evidence'),
  };
};

/** @param owners ids of those who may own a task; `tasks` are the plan's, which it may wait for. */
export const readTyped = (
  typed: TypedTask,
  owners: ReadonlySet<string>,
  tasks: readonly Task[],
): { readonly problems: readonly FormProblem[]; readonly text: TaskText } => {
  const strand = strands.find((one) => one === typed.strand);
  const status = taskStatuses.find((one) => one === typed.status);
  const cost = readAmount(typed.cost);
  const [starts, ends] = [dayTyped(typed.starts), dayTyped(typed.ends)];
  const problems: FormProblem[] = [
    ...(typed.title === '' ? [{ field: 'title', text: 'Enter what is to be done' }] : []),
    ...tooLong('title', typed.title, longestLine),
    ...tooLong('why', typed.why, longestText),
    ...(strand ? [] : [{ field: 'strand', text: 'Choose a strand' }]),
    ...(status ? [] : [{ field: 'status', text: 'Choose a state' }]),
    ...dayProblem('starts', typed.starts, '1 March 2027'),
    ...dayProblem('ends', typed.ends, '30 April 2027'),
    ...(starts !== null && ends !== null && ends < starts
      ? [{ field: 'ends', text: 'It cannot be over before it begins' }]
      : []),
    ...(Number.isNaN(cost) ? [{ field: 'cost', text: 'Enter an amount in pounds, such as 1250 or 1,250.50' }] : []),
    ...tooLong('evidence', typed.evidence, longestText),
  ];
  const there = new Set(tasks.map((task) => task.id));
  return {
    problems,
    text: {
      title: typed.title,
      why: typed.why,
      strand: strand ?? 'approvals',
      owner: owners.has(typed.owner) ? typed.owner : null,
      status: status ?? 'to-do',
      starts: starts ?? '',
      ends: ends ?? '',
      after: [...new Set(typed.after)].filter((one) => there.has(one)),
      cost,
      evidence: typed.evidence,
    },
  };
};

export const refusalProblem = (refusal: TaskRefusal): FormProblem => {
  switch (refusal.kind) {
    case 'unknown':
      return { field: '', text: 'The task is not here any more' };
    case 'too-many':
      return { field: '', text: `A plan can hold ${thousands(mostTasks)} tasks, and this one does` };
    case 'changed':
      return {
        field: '',
        text: 'Someone saved this task after you opened it. Yours is still in the form, and what they saved is named below. Saving again replaces theirs',
      };
    case 'circle':
      return {
        field: 'after',
        text: `These would wait for one another: ${refusal.titles.join(', then ')}`,
      };
    case 'in-the-way':
      return {
        field: 'starts',
        text: `It waits for “${refusal.title}”, which is over by ${day(refusal.ends)}. Begin it then or later`,
      };
    case 'too-late':
      return {
        field: 'ends',
        text: `Tasks would move beyond ${lastDay.slice(0, 4)}. Let it be over earlier`,
      };
  }
};

/** What someone saved of a task while someone else typed: every part that differs from what was typed. */
export const savedMeanwhile = (
  now: Task,
  typed: TypedTask,
  nameOf: (person: string) => string,
  tasks: readonly Task[],
): readonly string[] => {
  const saved = asTyped(now);
  const titles = (after: readonly string[]): string =>
    tasks
      .filter((one) => after.includes(one.id))
      .map((one) => one.title)
      .join('; ');
  const parts: readonly (readonly [boolean, string, string])[] = [
    [saved.title !== typed.title, 'What is to be done', now.title],
    [saved.why !== typed.why, 'Why', now.why],
    [saved.strand !== typed.strand, 'Strand', strandWords[now.strand]],
    [saved.status !== typed.status, 'State', taskStatusWords[now.status]],
    [saved.owner !== typed.owner, 'Whose', now.owner ? nameOf(now.owner) : 'nobody’s yet'],
    [now.starts !== dayTyped(typed.starts), 'Begins', day(now.starts)],
    [now.ends !== dayTyped(typed.ends), 'Over by', day(now.ends)],
    [now.cost !== readAmount(typed.cost), 'Cost', now.cost === null ? '' : poundsAndPence(now.cost)],
    [titles(saved.after) !== titles(typed.after), 'Waits for', titles(saved.after)],
    [saved.evidence !== typed.evidence, 'Evidence', now.evidence],
  ];
  return parts.flatMap(([differs, name, words]) => (differs ? [`${name}: ${words || 'nothing'}`] : []));
};
