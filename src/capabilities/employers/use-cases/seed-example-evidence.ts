import { randomBytes, randomUUID } from 'node:crypto';
import { colleaguesOf, exampleProvider } from '#cap/accounts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Employer } from '../domain/employer.ts';
import { comparedName } from '../domain/employer-name.ts';
import { letterDays } from '../domain/letter.ts';
import { addContact } from '../store/contacts.ts';
import { addEmployer, listEmployers } from '../store/employers.ts';
import { addMeasure, setDecision } from '../store/evidence.ts';
import { addLetter, addSignature, changeLetter, findLetter, listWritableContacts } from '../store/letters.ts';
import { addMeeting } from '../store/meetings.ts';
import { sealLetter } from './answer-letter.ts';
import { addressHash } from './draft-letter.ts';

const college = 'Northfield College';
const occupation = 'ST9001';
/** The fictional event that is over, of the events' examples. */
const pastEvent = '00000000-0000-4000-8000-00000000e004';

const day = 86_400_000;

const fenwickLetter = [
  'Fenwick Networks Ltd installs networks in schools and surgeries. Eleven of our fourteen people work as community network technicians (ST9001).',
  'We came to “Which digital skills are missing”, and sit on the employers’ panel of Northfield College. Fault-finding under pressure is what we find hardest to recruit for.',
  'Two of our technicians leave next year, and we have nobody to follow them.',
  'We want a Higher Technical Qualification for this occupation to be taught near us, and would consider people who hold it. We offer two placements each summer.',
].join('\n\n');

const haldenLetter = [
  'Halden Data Centres writes about Community network technician (ST9001).',
  '[What your organisation does, and how many people you have in this occupation]',
  'We want a Higher Technical Qualification for this occupation to be taught near us, and would consider people who hold it.',
].join('\n\n');

const larkspurLetter = [
  'Larkspur Hosting writes about Community network technician (ST9001).',
  '[Which knowledge, skills and behaviours matter most to you, and which you find hardest to recruit for]',
].join('\n\n');

/**
 * Fictional evidence of the fictional Northfield College: one letter signed, one with an employer, one still a draft; an
 * attendance in the record, and one that waits; an item that is too old; and numbers that the record does not reach.
 */
export const seedExampleEvidence = async (ctx: Context): Promise<void> => {
  const organisation = await exampleProvider(ctx);
  if (organisation === null) return;
  await ctx.transaction(async (inside) => {
    await addHalden(inside, organisation);
    const employers = await listEmployers(inside, organisation);
    const named = (name: string): Employer => {
      const found = employers.find((one) => comparedName(one.name) === comparedName(name));
      if (!found) throw new Error(`${college} has no example employer ${name}`);
      return found;
    };
    const fenwick = named('Fenwick Networks');
    await setDecision(inside, organisation, {
      event: pastEvent,
      typed: comparedName(fenwick.name),
      employer: fenwick.id,
      occupations: [occupation],
      by: null,
    });
    await addLetters(inside, organisation, fenwick, named('Halden Data Centres'), named('Larkspur Hosting'));
    await addMeasure(inside, {
      id: randomUUID(),
      organisation,
      from: isoDay(inside, -60),
      measure: { employers: 6, letters: 2, regions: 2, sizes: 3, ageMonths: 24 },
      source: 'made up for this example: no body asks for these numbers',
      by: null,
    });
    await recordAct(inside, { name: 'employers.example-evidence-made', forOrganisation: organisation });
  });
};

const isoDay = (ctx: Context, days: number): string =>
  new Date(ctx.clock().getTime() + days * day).toISOString().slice(0, 10);

/** An employer of another region that came to the past event, and that nobody has met for long. */
const addHalden = async (ctx: Context, organisation: string): Promise<void> => {
  const id = '00000000-0000-4000-8000-0000000e0009';
  await addEmployer(ctx, id, organisation, {
    name: 'Halden Data Centres',
    companyNumber: null,
    size: 'large',
    sector: 'J',
    region: 'London',
    town: 'Halden',
    routes: ['Digital'],
    occupations: [occupation],
    offers: ['speaker'],
    notes: '',
  });
  await addContact(ctx, id, randomUUID(), {
    name: 'Priya Shah',
    role: 'Head of operations',
    email: 'priya.shah@halden.example',
    telephone: null,
    consent: 'emails about courses and letters',
    consentOn: isoDay(ctx, -50),
    consentUntil: null,
    mayShare: false,
  });
  await addMeeting(ctx, id, randomUUID(), {
    heldOn: isoDay(ctx, -800),
    kind: 'call',
    said: 'They had no technicians to look for that year.',
    occupations: [occupation],
    present: [],
    confidential: false,
  });
};

const addLetters = async (
  ctx: Context,
  organisation: string,
  fenwick: Employer,
  halden: Employer,
  larkspur: Employer,
): Promise<void> => {
  const [lead] = (await colleaguesOf(ctx, organisation)).filter((one) => one.name.startsWith('Amina'));
  const now = ctx.clock().getTime();
  const add = async (employer: Employer, draft: string, token: string) => {
    const [contact] = await listWritableContacts(ctx, employer.id);
    if (!contact?.email) throw new Error(`${employer.name} has nobody to write to`);
    const id = randomUUID();
    await addLetter(ctx, {
      id,
      organisation,
      organisationName: college,
      occupations: [occupation],
      draft,
      token,
      madeBy: lead?.id ?? null,
      employer: employer.id,
      contact: contact.id,
    });
    return { id, contact: { ...contact, email: contact.email } };
  };
  /** As if sent so many days ago; nothing goes into the outbox. */
  const sent = (token: string, address: string, days: number) => {
    const sentAt = new Date(now - days * day);
    return {
      state: 'sent' as const,
      sentTo: addressHash(token, address),
      sentAt,
      until: new Date(sentAt.getTime() + letterDays * day),
    };
  };
  const signedToken = 'example-signed-letter';
  const signing = await add(fenwick, fenwickLetter.replace('Eleven of our fourteen', '[How many] of our'), signedToken);
  await changeLetter(ctx, signing.id, { ...sent(signedToken, signing.contact.email, 24), amended: fenwickLetter });
  const letter = await findLetter(ctx, signing.id);
  if (!letter) throw new Error('The example letter is not there');
  const { name, role, email } = signing.contact;
  const { signed, signer } = sealLetter(
    { ...letter, text: fenwickLetter, heldBack: new Set([2]), signedAt: new Date(now - 20 * day) },
    { name, role, address: email },
  );
  await addSignature(ctx, signing.id, signed, signer);
  await changeLetter(ctx, signing.id, { state: 'signed' });

  // Known, so that documentation and tests can point at it.
  const openToken = 'example-letter';
  const asked = await add(halden, haldenLetter, openToken);
  await changeLetter(ctx, asked.id, sent(openToken, asked.contact.email, 3));
  await add(larkspur, larkspurLetter, randomBytes(24).toString('base64url'));
};
