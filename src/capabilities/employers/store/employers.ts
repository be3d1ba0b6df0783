import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Employer, EmployerText } from '../domain/employer.ts';
import { employerKey } from '../domain/employer-name.ts';
import { tables } from './tables.ts';

const columns = [
  'id',
  'organisation',
  'name',
  'company_number as companyNumber',
  'size',
  'sector',
  'region',
  'town',
  'routes',
  'occupations',
  'offers',
  'notes',
  'revision',
  'made_at as madeAt',
  'changed_at as changedAt',
] as const;

const employers = (ctx: Context) => tables(ctx).selectFrom('employers.employer').select(columns);

type Row = Awaited<ReturnType<ReturnType<typeof employers>['executeTakeFirstOrThrow']>>;

/** Sizes, regions and offers are checked where they are written; the database checks them again. */
const asEmployer = (row: Row): Employer => row as Employer;

export const findEmployer = async (ctx: Context, id: string): Promise<Employer | null> => {
  const row = isUuid(id) ? await employers(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asEmployer(row) : null;
};

/** The record, locked until the transaction ends: of two who change it at once the second sees what the first did. */
export const lockEmployer = async (ctx: Context, id: string): Promise<Employer | null> => {
  const row = isUuid(id) ? await employers(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asEmployer(row) : null;
};

const byName = new Intl.Collator('en-GB', { sensitivity: 'base' });

/** All that an organisation keeps, by name. */
export const listEmployers = async (ctx: Context, organisation: string): Promise<readonly Employer[]> =>
  (await employers(ctx).where('organisation', '=', organisation).orderBy('name').orderBy('town').execute())
    .map(asEmployer)
    // As people look for a name, whatever its capitals and accents: databases differ in that.
    .toSorted((one, other) => byName.compare(one.name, other.name) || byName.compare(one.town, other.town));

const valuesOf = (text: EmployerText) => ({
  name: text.name,
  key: employerKey(text),
  company_number: text.companyNumber,
  size: text.size,
  sector: text.sector,
  region: text.region,
  town: text.town,
  routes: [...text.routes],
  occupations: [...text.occupations],
  offers: [...text.offers],
  notes: text.notes,
});

/**
 * Adds a record.
 *
 * @param id made with the form, so that a form that is sent twice makes one record.
 * @returns false where a record of this id, or of this name and town at the organisation, is there already.
 */
export const addEmployer = async (
  ctx: Context,
  id: string,
  organisation: string,
  text: EmployerText,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('employers.employer')
    .values({ id, organisation, ...valuesOf(text), revision: 1, made_at: ctx.clock(), changed_at: ctx.clock() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

const uniqueViolation = '23505';

/**
 * Writes what was typed over the record, which the caller has locked.
 *
 * @returns false where another record of the organisation took the same name and town in this very moment.
 */
export const saveEmployer = async (ctx: Context, id: string, text: EmployerText): Promise<boolean> => {
  try {
    // A savepoint, so that the caller's transaction outlives the refusal.
    await ctx.transaction((inside) =>
      tables(inside)
        .updateTable('employers.employer')
        .set(({ eb }) => ({ ...valuesOf(text), revision: eb('revision', '+', 1), changed_at: ctx.clock() }))
        .where('id', '=', id)
        .execute(),
    );
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === uniqueViolation) return false;
    throw error;
  }
};

export const removeEmployer = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('employers.employer').where('id', '=', id).execute();
};

/** All records of an organisation, locked until the transaction ends, so that what a file changes is what was looked at. */
export const lockEmployers = async (ctx: Context, organisation: string): Promise<void> => {
  await tables(ctx)
    .selectFrom('employers.employer')
    .select('id')
    .where('organisation', '=', organisation)
    .orderBy('id')
    .forUpdate()
    .execute();
};
