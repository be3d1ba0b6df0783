import { colleaguesOf, exampleProvider } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { movesOf } from '../domain/move.ts';
import type { TaskStatus } from '../domain/plan.ts';
import { putCampaign, putWeek, saveCase } from '../store/case.ts';
import { listTasks, moveTask, saveTask } from '../store/plans.ts';
import { putWayIn } from '../store/ways-in.ts';
import { keepPlan } from './keep-plans.ts';

/** Months from today to the first lesson of the example. */
const monthsAhead = 10;

/** What the fictional college has done by now, and what it is at. */
const states: Readonly<Record<string, TaskStatus>> = {
  decide: 'done',
  'learner-demand': 'done',
  'employer-partners': 'done',
  'business-case': 'done',
  'employer-units': 'done',
  'choose-units': 'done',
  design: 'done',
  fees: 'done',
  entry: 'done',
  'centre-approval': 'doing',
  'student-finance': 'doing',
  validate: 'doing',
  specify: 'doing',
  'skills-gaps': 'doing',
};

/** Days ago on which each was done, so that nothing was done before what it waits for. */
const doneAgo: Readonly<Record<string, number>> = {
  decide: 190,
  'learner-demand': 150,
  'employer-partners': 112,
  entry: 118,
  'employer-units': 84,
  'business-case': 70,
  'choose-units': 63,
  fees: 42,
  design: 20,
};

/** Days from today by which what is under way is to be over: some of it was. */
const dueIn: Readonly<Record<string, number>> = { validate: -12, 'student-finance': -6, specify: -2 };

/** The earliest day, from today, on which what is under way can have begun: when what it waits for was done. */
const begunAfter: Readonly<Record<string, number>> = { validate: -20, specify: -60, 'skills-gaps': -60 };

const costs: Readonly<Record<string, number>> = {
  campaign: 8500,
  'open-events': 1200,
  order: 164_000,
  rooms: 38_500,
  software: 12_400,
  recruit: 3000,
  'industry-time': 4200,
  train: 2600,
  'centre-approval': 5800,
};

/** A fictional college ten months before its first lesson, with some things late. */
export const seedExamplePlan = async (ctx: Context): Promise<void> => {
  const organisation = await exampleProvider(ctx);
  if (organisation === null) return;
  const now = ctx.clock();
  const teach = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead, 21))
    .toISOString()
    .slice(0, 10);
  const plan = '00000000-0000-4000-8000-00000000a001';
  const people = await colleaguesOf(ctx, organisation);
  await keepPlan(
    ctx,
    plan,
    organisation,
    {
      qualification: 'Higher National Certificate in Network Engineering (fictional)',
      level: 4,
      awardingOrganisation: 'Example Awards',
      route: 'Digital',
      firstTeach: teach,
      learners: 18,
    },
    people[0]?.id ?? null,
  );
  const day = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  await ctx.transaction(async (inside) => {
    const tasks = await listTasks(inside, plan);
    for (const [index, task] of tasks.entries()) {
      const step = task.step ?? '';
      const status = states[step] ?? 'to-do';
      const days = (Date.parse(task.ends) - Date.parse(task.starts)) / 86_400_000;
      const ago = doneAgo[step] ?? 0;
      await saveTask(inside, {
        ...task,
        status,
        cost: costs[step] ?? null,
        owner: status === 'to-do' && index % 3 === 0 ? null : (people[index % Math.max(1, people.length)]?.id ?? null),
        ...(status === 'done' ? { doneOn: day(-ago), starts: day(-ago - days), ends: day(-ago) } : {}),
        ...(status === 'doing'
          ? { starts: day(Math.max(10 - days, begunAfter[step] ?? -365)), ends: day(dueIn[step] ?? 10) }
          : {}),
        evidence: status === 'done' ? 'Minutes of the steering group' : '',
      });
    }
    // As a college does after a meeting: what is open is laid out anew, given what is done.
    const relaid = movesOf(await listTasks(inside, plan), { kind: 'first-teach', firstTeach: teach }, day(0));
    for (const move of relaid) await moveTask(inside, move.task.id, move.starts, move.ends);
    await saveCase(inside, plan, {
      feeEach: 6200,
      costEach: 1150,
      fixedCost: 64_000,
      award: 120_000,
      low: 10,
      likely: 16,
      high: 26,
      funding: {
        ofsRegistered: 'yes',
        designated: 'not-known',
        carriesCredit: 'yes',
        academicYear: 'yes',
        moduleOf30: 'no',
        ownDelivery: 'yes',
        loanFunded: 'yes',
      },
      revision: 1,
    });
    await putCampaign(inside, plan, {
      id: '00000000-0000-4000-8000-00000000b001',
      title: 'Open evening with Fenwick Networks',
      day: day(-40),
      cost: 640,
      result: 31,
    });
    await putCampaign(inside, plan, {
      id: '00000000-0000-4000-8000-00000000b002',
      title: 'Posters in the sixth form',
      day: day(-20),
      cost: 210,
      result: 4,
    });
    for (const [id, kind, title, people, percent] of [
      ['c001', 't-level', 'T Level students in Digital, second years, here and at Southgate', 44, 20],
      ['c002', 'apprenticeship', 'Information communications technicians whose apprenticeship ends', 12, 25],
      ['c003', 'work', 'Staff of Fenwick Networks and two others', 30, 10],
    ] as const)
      await putWayIn(inside, plan, { id: `00000000-0000-4000-8000-00000000${id}`, kind, title, people, percent });
    for (const [weeksAgo, applications, offers, accepted] of [
      [5, 1, 0, 0],
      [4, 3, 1, 0],
      [3, 4, 3, 1],
      [2, 6, 4, 2],
      [1, 7, 6, 3],
    ] as const) {
      const sunday = new Date(now.getTime() - (weeksAgo * 7 + now.getUTCDay()) * 86_400_000);
      await putWeek(inside, plan, { week: sunday.toISOString().slice(0, 10), applications, offers, accepted });
    }
  });
};
