import type { Context } from '#platform/context.ts';
import type { NextStep } from '../domain/employer.ts';
import type { NextStepText } from '../domain/read-parts.ts';
import { tables } from './tables.ts';

const columns = [
  'step.id',
  'step.employer_id as employer',
  'step.what',
  'step.owner',
  'step.due',
  'step.done_at as doneAt',
  'step.revision',
] as const;

const steps = (ctx: Context) => tables(ctx).selectFrom('employers.next_step as step').select(columns);

/** The open ones first, by their day. */
export const listNextSteps = (ctx: Context, employer: string): Promise<readonly NextStep[]> =>
  steps(ctx)
    .where('step.employer_id', '=', employer)
    .orderBy('step.done_at', (order) => order.desc().nullsFirst())
    .orderBy('step.due')
    .orderBy('step.id')
    .execute();

/** An open step with whose record it is in. */
export type OpenStep = NextStep & { readonly employerName: string; readonly organisation: string };

/** All open steps of an organisation's records, or of every organisation's; the earliest first. */
export const listOpenSteps = (ctx: Context, organisation: string | null): Promise<readonly OpenStep[]> =>
  steps(ctx)
    .innerJoin('employers.employer as employer', 'employer.id', 'step.employer_id')
    .select(['employer.name as employerName', 'employer.organisation'])
    .where('step.done_at', 'is', null)
    .$if(organisation !== null, (query) => query.where('employer.organisation', '=', organisation ?? ''))
    .orderBy('step.due')
    .orderBy('step.id')
    .execute();

const valuesOf = (text: NextStepText) => ({ what: text.what, owner: text.owner, due: text.due });

export const addNextStep = async (ctx: Context, employer: string, id: string, text: NextStepText): Promise<void> => {
  await tables(ctx)
    .insertInto('employers.next_step')
    .values({
      id,
      employer_id: employer,
      ...valuesOf(text),
      done_at: text.done ? ctx.clock() : null,
      made_at: ctx.clock(),
      revision: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const saveNextStep = async (ctx: Context, _employer: string, id: string, text: NextStepText): Promise<void> => {
  await tables(ctx)
    .updateTable('employers.next_step')
    .set(({ eb, fn, val }) => ({
      ...valuesOf(text),
      // What was done keeps its day.
      done_at: text.done ? fn.coalesce('done_at', val(ctx.clock())) : null,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
};

export const removeNextStep = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('employers.next_step').where('id', '=', id).execute();
};
