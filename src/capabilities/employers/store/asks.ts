import type { Context } from '#platform/context.ts';
import type { Ask } from '../domain/employer.ts';
import type { AskText } from '../domain/read-parts.ts';
import { tables } from './tables.ts';

const columns = [
  'ask.id',
  'ask.employer_id as employer',
  'ask.job_title as jobTitle',
  'ask.occupation',
  'ask.standard_version as standardVersion',
  'ask.ksbs',
  'ask.route',
  'ask.how_many as howMany',
  'ask.town',
  'ask.region',
  'ask.asked_on as askedOn',
  'ask.source',
  'ask.meeting_id as meeting',
  'ask.revision',
] as const;

const asks = (ctx: Context) => tables(ctx).selectFrom('employers.ask as ask').select(columns);

/** The newest first. */
export const listAsks = async (ctx: Context, employer: string): Promise<readonly Ask[]> =>
  (await asks(ctx)
    .where('ask.employer_id', '=', employer)
    .orderBy('ask.asked_on', 'desc')
    .orderBy('ask.id')
    .execute()) as readonly Ask[];

export type NamedAsk = Ask & { readonly employerName: string };

/** What employers of all organisations ask for, since a day; the newest first. For counting alone. */
export const listAllAsks = async (ctx: Context, since: string): Promise<readonly NamedAsk[]> =>
  (await asks(ctx)
    .innerJoin('employers.employer as employer', 'employer.id', 'ask.employer_id')
    .select('employer.name as employerName')
    .where('ask.asked_on', '>=', since)
    .orderBy('ask.asked_on', 'desc')
    .orderBy('ask.id')
    .execute()) as readonly NamedAsk[];

/** With the version whose codes it names. */
export type AskToKeep = AskText & { readonly standardVersion: string | null };

const valuesOf = (text: AskToKeep) => ({
  job_title: text.jobTitle,
  occupation: text.occupation,
  standard_version: text.standardVersion,
  ksbs: [...text.ksbs],
  route: text.route,
  how_many: text.howMany,
  town: text.town,
  region: text.region,
  asked_on: text.askedOn,
  source: text.source,
  meeting_id: text.meeting,
});

export const addAsk = async (ctx: Context, employer: string, id: string, text: AskToKeep): Promise<void> => {
  await tables(ctx)
    .insertInto('employers.ask')
    .values({ id, employer_id: employer, ...valuesOf(text), made_at: ctx.clock(), revision: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const saveAsk = async (ctx: Context, _employer: string, id: string, text: AskToKeep): Promise<void> => {
  await tables(ctx)
    .updateTable('employers.ask')
    .set(({ eb }) => ({ ...valuesOf(text), revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

export const removeAsk = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('employers.ask').where('id', '=', id).execute();
};
