import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

/** What a person has in employers' records as whoever works with them. */
export const ownPart = async (ctx: Context, person: string) => ({
  nextSteps: await tables(ctx)
    .selectFrom('employers.next_step')
    .select(['what', 'due', 'done_at as doneAt'])
    .where('owner', '=', person)
    .execute(),
  meetings: await tables(ctx)
    .selectFrom('employers.meeting')
    .select(['held_on as heldOn', 'kind', 'said'])
    .where('recorded_by', '=', person)
    .execute(),
});

/** The records stay with their organisation; the person's name goes from them. */
export const leaveEmployers = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('employers.next_step').set({ owner: null }).where('owner', '=', person).execute();
  await tables(ctx)
    .updateTable('employers.meeting')
    .set({ recorded_by: null })
    .where('recorded_by', '=', person)
    .execute();
};
