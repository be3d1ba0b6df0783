import { readAddress } from '#platform/mail/address.ts';
import { day } from '#web/words.ts';
import type { Contact } from '../../domain/employer.ts';
import { type ContactText, readContact } from '../../domain/read-parts.ts';
import { contactKind } from '../../use-cases/keep-parts.ts';
import { fieldsOf } from '../fields.ts';
import { todayOf } from '../opened.ts';
import type { PartPage } from './part-page.ts';

export const contactPage: PartPage<Contact, ContactText> = {
  slug: 'contacts',
  kind: contactKind,
  newTitle: 'Add a contact',
  titleOf: (one) => one.name,
  lead: 'A name and a role may be kept. An address or a number is kept for as long as the person agrees: say to what, and when they did. They may take it back at any time, and so do you here by emptying “What they agreed to” and the two fields.',
  parts: (opened) => opened.contacts,
  fields: async (typed) => {
    const { line, check } = fieldsOf(typed);
    return [
      line('name', 'Name'),
      line('role', 'Role at work (optional)', { hint: 'Such as training manager' }),
      line('consent', 'What they agreed to (optional)', {
        hint: 'In a few words, such as “calls and emails about placements”',
      }),
      line('consentOn', 'When they agreed', { hint: 'Such as 2026-11-30', width: '10' }),
      line('consentUntil', 'Until when (optional)', {
        hint: 'The last day. After it the address and the number are taken away by themselves',
        width: '10',
      }),
      check(
        'mayShare',
        'They agreed that an organisation with which you share this record has it too',
        'Otherwise that organisation does not see the contact',
      ),
      line('email', 'Email address (optional)', { type: 'email' }),
      line('telephone', 'Telephone number (optional)', { type: 'tel', width: '20' }),
    ];
  },
  fresh: () => ({}),
  typedOf: (one) => ({
    name: [one.name],
    role: [one.role],
    email: [one.email ?? ''],
    telephone: [one.telephone ?? ''],
    consent: [one.consent ?? ''],
    consentOn: [one.consentOn ?? ''],
    consentUntil: [one.consentUntil ?? ''],
    mayShare: [one.mayShare ? 'yes' : ''],
  }),
  read: async (typed, _opened, ctx) => readContact(typed, todayOf(ctx), readAddress),
  theirs: (one) => [
    [one.name, one.role].filter((word) => word !== '').join(', '),
    [one.email ?? '', one.telephone ?? ''].filter((word) => word !== '').join(', ') || 'no address and no number',
    one.consentOn ? `agreed on ${day(one.consentOn)}` : 'no consent',
  ],
  remove: 'Forget this contact',
};
