import type { Context } from '#platform/context.ts';
import type { Answers } from '../domain/funding.ts';
import type { RecruitmentWeek } from '../domain/recruitment-week.ts';
import { pence } from './plans.ts';
import { tables } from './tables.ts';

/** What the decision to offer it rests on; amounts in pounds, `null`: not known yet. */
export type PlanCase = {
  readonly feeEach: number | null;
  readonly costEach: number | null;
  readonly fixedCost: number | null;
  readonly award: number | null;
  readonly low: number | null;
  readonly likely: number | null;
  readonly high: number | null;
  readonly funding: Answers;
  readonly revision: number;
};

export const emptyCase: PlanCase = {
  feeEach: null,
  costEach: null,
  fixedCost: null,
  award: null,
  low: null,
  likely: null,
  high: null,
  funding: {},
  revision: 0,
};

export const findCase = async (ctx: Context, plan: string): Promise<PlanCase> => {
  const row = await tables(ctx).selectFrom('readiness.case').selectAll().where('plan_id', '=', plan).executeTakeFirst();
  if (!row) return emptyCase;
  const pounds = (amount: number | null) => (amount === null ? null : amount / 100);
  return {
    feeEach: pounds(row.fee_each),
    costEach: pounds(row.cost_each),
    fixedCost: pounds(row.fixed_cost),
    award: pounds(row.award),
    low: row.low,
    likely: row.likely,
    high: row.high,
    funding: row.funding as Answers,
    revision: row.revision,
  };
};

export const saveCase = async (ctx: Context, plan: string, one: PlanCase): Promise<void> => {
  const values = {
    fee_each: pence(one.feeEach),
    cost_each: pence(one.costEach),
    fixed_cost: pence(one.fixedCost),
    award: pence(one.award),
    low: one.low,
    likely: one.likely,
    high: one.high,
    funding: JSON.stringify(one.funding),
    revision: one.revision,
  };
  await tables(ctx)
    .insertInto('readiness.case')
    .values({ plan_id: plan, ...values })
    .onConflict((conflict) => conflict.column('plan_id').doUpdateSet(values))
    .execute();
};

export type Campaign = {
  readonly id: string;
  readonly title: string;
  readonly day: string;
  readonly cost: number;
  readonly result: number | null;
};

export const listCampaigns = async (ctx: Context, plan: string): Promise<readonly Campaign[]> =>
  (
    await tables(ctx)
      .selectFrom('readiness.campaign')
      .select(['id', 'title', 'day', 'cost', 'result'])
      .where('plan_id', '=', plan)
      .orderBy('day')
      .orderBy('id')
      .execute()
  ).map((row) => ({ ...row, cost: row.cost / 100 }));

/** Adds it, or puts its result right. @param one its id is made with the form: sent twice, it is there once. */
export const putCampaign = async (ctx: Context, plan: string, one: Campaign): Promise<void> => {
  const values = { title: one.title, day: one.day, cost: Math.round(one.cost * 100), result: one.result };
  await tables(ctx)
    .insertInto('readiness.campaign')
    .values({ id: one.id, plan_id: plan, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('readiness.campaign.plan_id', '=', plan))
    .execute();
};

export const deleteCampaign = async (ctx: Context, plan: string, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('readiness.campaign').where('plan_id', '=', plan).where('id', '=', id).execute();
};

export const listWeeks = (ctx: Context, plan: string): Promise<readonly RecruitmentWeek[]> =>
  tables(ctx)
    .selectFrom('readiness.recruitment_week')
    .select(['week', 'applications', 'offers', 'accepted'])
    .where('plan_id', '=', plan)
    .orderBy('week')
    .execute();

export const putWeek = async (ctx: Context, plan: string, one: RecruitmentWeek): Promise<void> => {
  const { week, ...values } = one;
  await tables(ctx)
    .insertInto('readiness.recruitment_week')
    .values({ plan_id: plan, week, ...values })
    .onConflict((conflict) => conflict.columns(['plan_id', 'week']).doUpdateSet(values))
    .execute();
};

export const deleteWeek = async (ctx: Context, plan: string, week: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('readiness.recruitment_week')
    .where('plan_id', '=', plan)
    .where('week', '=', week)
    .execute();
};
