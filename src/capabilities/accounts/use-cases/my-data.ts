import type { Person } from '#kernel/actor.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { PersonalData } from '#platform/personal-data.ts';
import { membershipsOf } from '../store/organisations.ts';
import { emptyPerson, findPerson, lockHoldersOf, namePerson, rolesOf } from '../store/people.ts';
import { listOpenSessions } from '../store/sessions.ts';

/** Everything that is held about a person, by the title of the part that holds it. */
export const everythingHeld = async (ctx: Context, person: string): Promise<Readonly<Record<string, unknown>>> => {
  const held: Record<string, unknown> = {};
  for (const part of ctx.personalData) held[part.title] = await part.held(ctx, person);
  return held;
};

export const rename = async (ctx: Context, person: Person, name: string): Promise<void> => {
  await ctx.transaction(async (inside) => {
    await namePerson(inside, person.id, name);
    await recordAct(inside, {
      name: 'accounts.renamed',
      subject: { kind: 'person', id: person.id },
      personal: { name: { value: name, person: person.id } },
    });
  });
};

/** Takes a person out of every part of the house, in the caller's transaction. What others rely on stays, without the name. */
export const erasePerson = async (ctx: Context, person: string): Promise<void> => {
  for (const part of ctx.personalData) await part.erase(ctx, person);
  await recordAct(ctx, { name: 'accounts.person-deleted', subject: { kind: 'person', id: person } });
};

/** The owner deletes their account. The last administrator hands over first, or nobody could run the instance. */
export const deleteAccount = (ctx: Context, person: Person): Promise<Result<void, 'last-administrator'>> =>
  ctx.transaction(async (inside) => {
    const administrators = await lockHoldersOf(inside, 'administrator');
    if (administrators.length === 1 && administrators[0] === person.id) return refused('last-administrator');
    await erasePerson(inside, person.id);
    return ok(undefined);
  });

export const accountData: PersonalData = {
  title: 'Your account',
  held: async (ctx, person) => ({
    person: (await findPerson(ctx, person)) ?? null,
    roles: await rolesOf(ctx, person),
    memberships: await membershipsOf(ctx, person),
    sessions: await listOpenSessions(ctx, person, new Date(0), new Date(0)),
  }),
  erase: emptyPerson,
};

export const me = findPerson;

/** The address that a person signs in with; `null`: they have none, or their account was deleted. */
export const addressOf = async (ctx: Context, person: string): Promise<string | null> =>
  (await findPerson(ctx, person))?.address ?? null;
