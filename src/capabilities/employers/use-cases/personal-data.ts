import { z } from 'zod';
import { addressOf, organisationNames } from '#cap/accounts';
import { londonDay } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { PersonalData } from '#platform/personal-data.ts';
import { contactsWithAddress, endConsents, forgetContacts, removeContact } from '../store/contacts.ts';
import { leaveEmployers, ownPart } from '../store/people.ts';
import { contactDays } from './reference-data.ts';

/** Of someone with an account: what they do with employers, and the contacts that have the address they sign in with. */
export const employersData: PersonalData = {
  title: 'Employers: your steps and notes, and you as a contact',
  held: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    const contacts = address === null ? [] : await contactsWithAddress(ctx, address);
    const names = await organisationNames(
      ctx,
      contacts.map((one) => one.organisation),
    );
    return {
      ...(await ownPart(ctx, person)),
      asContact: contacts.map(({ id: _, organisation, ...one }) => ({ ...one, keptBy: names.get(organisation) ?? '' })),
    };
  },
  erase: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    if (address !== null) for (const { id } of await contactsWithAddress(ctx, address)) await removeContact(ctx, id);
    await leaveEmployers(ctx, person);
  },
};

/** What consent allowed goes with it; a contact whom nobody has dealt with for long goes whole. */
export const forgetPeople = async (ctx: Context): Promise<{ readonly consents: number; readonly contacts: number }> => {
  const now = ctx.clock();
  const contacts = await forgetContacts(ctx, new Date(now.getTime() - contactDays(ctx) * 86_400_000));
  const consents = await endConsents(ctx, londonDay(now));
  if (consents + contacts > 0) await recordAct(ctx, { name: 'employers.forgotten', after: { consents, contacts } });
  return { consents, contacts };
};

export const forgetContactsJob: JobDefinition = {
  name: 'employers.forget',
  title: 'Forget contacts whose consent ended, and those whom nobody deals with',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 300,
  kind: 'atomic',
  run: async (ctx) => {
    const { consents, contacts } = await forgetPeople(ctx);
    return consents + contacts === 0
      ? 'No consent had ended, and everyone is dealt with.'
      : `Consents that ended: ${consents}; contacts forgotten: ${contacts}.`;
  },
};
