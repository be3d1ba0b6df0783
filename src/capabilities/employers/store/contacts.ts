import type { Context } from '#platform/context.ts';
import type { Contact } from '../domain/employer.ts';
import type { ContactText } from '../domain/read-parts.ts';
import { tables } from './tables.ts';

const columns = [
  'id',
  'employer_id as employer',
  'name',
  'role',
  'email',
  'telephone',
  'consent',
  'consent_on as consentOn',
  'consent_until as consentUntil',
  'may_share as mayShare',
  'revision',
  'touched_at as touchedAt',
] as const;

export const listContacts = (ctx: Context, employer: string): Promise<readonly Contact[]> =>
  tables(ctx)
    .selectFrom('employers.contact')
    .select(columns)
    .where('employer_id', '=', employer)
    .orderBy('name')
    .orderBy('id')
    .execute();

const valuesOf = (ctx: Context, text: ContactText) => ({
  name: text.name,
  role: text.role,
  email: text.email,
  telephone: text.telephone,
  consent: text.consent,
  consent_on: text.consentOn,
  consent_until: text.consentUntil,
  may_share: text.mayShare,
  touched_at: ctx.clock(),
});

export const addContact = async (ctx: Context, employer: string, id: string, text: ContactText): Promise<void> => {
  await tables(ctx)
    .insertInto('employers.contact')
    .values({ id, employer_id: employer, ...valuesOf(ctx, text), revision: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const saveContact = async (ctx: Context, _employer: string, id: string, text: ContactText): Promise<void> => {
  await tables(ctx)
    .updateTable('employers.contact')
    .set(({ eb }) => ({ ...valuesOf(ctx, text), revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
};

export const removeContact = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('employers.contact').where('id', '=', id).execute();
};

/** Somebody met them or wrote to them: who is dealt with is kept. */
export const touchContacts = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tables(ctx)
    .updateTable('employers.contact')
    .set({ touched_at: ctx.clock() })
    .where('id', 'in', [...ids])
    .execute();
};

/** Consent that has run out takes with it what was kept by it; the name and the role stay. @returns how many. */
export const endConsents = async (ctx: Context, today: string): Promise<number> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('employers.contact')
    .set(({ eb }) => ({
      email: null,
      telephone: null,
      consent: null,
      consent_on: null,
      consent_until: null,
      may_share: false,
      revision: eb('revision', '+', 1),
    }))
    .where('consent_until', '<', today)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

/** Contacts whom nobody has dealt with since. @returns how many went. */
export const forgetContacts = async (ctx: Context, before: Date): Promise<number> => {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('employers.contact')
    .where('touched_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
};

/** What employers' records hold of someone by their address, and at which employers. */
export const contactsWithAddress = (ctx: Context, address: string) =>
  tables(ctx)
    .selectFrom('employers.contact as contact')
    .innerJoin('employers.employer as employer', 'employer.id', 'contact.employer_id')
    .select([
      'contact.id',
      'contact.name',
      'contact.role',
      'contact.email',
      'contact.telephone',
      'contact.consent',
      'contact.consent_on as consentOn',
      'contact.consent_until as consentUntil',
      'contact.may_share as mayShare',
      'employer.name as employer',
      'employer.organisation',
    ])
    .where('contact.email', '=', address)
    .execute();
