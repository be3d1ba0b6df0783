import type { Context } from '#platform/context.ts';
import type { Meeting } from '../domain/employer.ts';
import type { MeetingText } from '../domain/read-parts.ts';
import { touchContacts } from './contacts.ts';
import { tables } from './tables.ts';

const columns = [
  'id',
  'employer_id as employer',
  'held_on as heldOn',
  'kind',
  'said',
  'occupations',
  'confidential',
  'recorded_by as recordedBy',
  'recorded_at as recordedAt',
  'revision',
] as const;

/** The newest first. */
export const listMeetings = async (ctx: Context, employers: readonly string[]): Promise<readonly Meeting[]> => {
  if (employers.length === 0) return [];
  const rows = await tables(ctx)
    .selectFrom('employers.meeting')
    .select(columns)
    .where('employer_id', 'in', [...employers])
    .orderBy('held_on', 'desc')
    .orderBy('id')
    .execute();
  const present = await tables(ctx)
    .selectFrom('employers.meeting_contact as there')
    .innerJoin('employers.contact as contact', 'contact.id', 'there.contact_id')
    .select(['there.meeting_id as meeting', 'contact.id as contact', 'contact.name', 'contact.role'])
    .where('contact.employer_id', 'in', [...employers])
    .orderBy('contact.name')
    .execute();
  return rows.map(
    (row) =>
      ({
        ...row,
        present: present
          .filter((one) => one.meeting === row.id)
          .map(({ contact, name, role }) => ({ contact, name, role })),
      }) as Meeting,
  );
};

const valuesOf = (text: MeetingText) => ({
  held_on: text.heldOn,
  kind: text.kind,
  said: text.said,
  occupations: [...text.occupations],
  confidential: text.confidential,
});

const writePresent = async (ctx: Context, id: string, present: readonly string[]): Promise<void> => {
  await tables(ctx).deleteFrom('employers.meeting_contact').where('meeting_id', '=', id).execute();
  if (present.length === 0) return;
  await tables(ctx)
    .insertInto('employers.meeting_contact')
    .values(present.map((contact) => ({ meeting_id: id, contact_id: contact })))
    .execute();
  await touchContacts(ctx, present);
};

/** @param by who writes it down; left out: who acts. */
export const addMeeting = async (
  ctx: Context,
  employer: string,
  id: string,
  text: MeetingText,
  by: string | null = ctx.actor.kind === 'person' ? ctx.actor.id : null,
): Promise<void> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('employers.meeting')
    .values({
      id,
      employer_id: employer,
      ...valuesOf(text),
      recorded_by: by,
      recorded_at: ctx.clock(),
      revision: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) await writePresent(ctx, id, text.present);
};

export const saveMeeting = async (ctx: Context, _employer: string, id: string, text: MeetingText): Promise<void> => {
  await tables(ctx)
    .updateTable('employers.meeting')
    .set(({ eb }) => ({ ...valuesOf(text), revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
  await writePresent(ctx, id, text.present);
};

export const removeMeeting = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('employers.meeting').where('id', '=', id).execute();
};
