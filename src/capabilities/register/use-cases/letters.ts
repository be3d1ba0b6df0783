import { addressOf, awardingOrganisationNamed, colleaguesOf, providerByUkprn } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { dayWords, londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { type CaseFile, causeWords, isTakenBack, withdrawalOf } from '../domain/case.ts';
import { withdrawalReasons } from '../domain/fact.ts';
import { entryPath } from '../paths.ts';
import { keepRegister } from '../policy.ts';
import { addLetter, lettersOf, lockCase } from '../store/cases.ts';
import { factsBelieved } from '../store/facts.ts';
import { occupationTitle } from './occupations.ts';
import { asOfToday, readEntry, readProviders } from './read-register.ts';

export { lettersOf };

/** Mail addresses that one letter takes beside the people who are known here. */
export const mostAddresses = 20;

/** An organisation that a case concerns, with those of its people who can be mailed. */
export type Addressee = {
  /** The organisation's id; `null`: it has no account here. */
  readonly id: string | null;
  readonly name: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly address: string }[];
};

const withPeople = async (
  ctx: Context,
  name: string,
  organisation: { readonly id: string; readonly name: string } | null,
): Promise<Addressee> => {
  const colleagues = organisation ? await colleaguesOf(ctx, organisation.id) : [];
  const people = await Promise.all(colleagues.map(async (one) => ({ ...one, address: await addressOf(ctx, one.id) })));
  return {
    id: organisation?.id ?? null,
    name,
    people: people.flatMap((one) => (one.address === null ? [] : [{ ...one, address: one.address }])),
  };
};

/** Days for which a provider that delivered it is still written to: its learners are there yet. */
const concernedDays = 365;

/** The awarding organisation, and every provider that delivers the qualification or did so within a year: approval that ends, ends its offers. */
export const addresseesOf = async (ctx: Context, one: CaseFile): Promise<readonly Addressee[]> => {
  const entry = await readEntry(ctx, asOfToday(ctx), one.qualification);
  if (!entry) return [];
  const since = londonDay(new Date(ctx.clock().getTime() - concernedDays * 86_400_000));
  const offers = await factsBelieved(ctx, asOfToday(ctx), { kinds: ['offer'], qualifications: [one.qualification] });
  const ukprns = [...new Set(offers.flatMap(({ to, keys }) => (to === null || to > since ? (keys.ukprn ?? []) : [])))];
  const providers = await readProviders(ctx, asOfToday(ctx), ukprns);
  const { awardingOrganisation } = entry;
  const addressees = [
    await withPeople(ctx, awardingOrganisation, await awardingOrganisationNamed(ctx, awardingOrganisation)),
  ];
  for (const ukprn of ukprns)
    addressees.push(await withPeople(ctx, providers.get(ukprn)?.name ?? ukprn, await providerByUkprn(ctx, ukprn)));
  return addressees;
};

/** A letter to begin from: what happened, from when, and what is asked. */
export const draftLetter = async (
  ctx: Context,
  one: CaseFile,
): Promise<{ readonly toWhom: string; readonly subject: string; readonly text: string }> => {
  const entry = await readEntry(ctx, asOfToday(ctx), one.qualification);
  const title = entry?.title ?? one.qualification;
  const number = entry?.numbers[0] ?? '';
  const own = withdrawalOf(one, entry);
  const back = isTakenBack(one, entry);
  const approved = entry?.approvals.filter((each) => each.occupation !== one.occupation) ?? [];
  const occupation = one.occupation === '' ? '' : ((await occupationTitle(ctx, one.occupation)) ?? one.occupation);
  const effect =
    occupation !== '' && approved.length > 0
      ? `From that day the qualification may not be called a Higher Technical Qualification for ${occupation}, and the quality mark for it comes off every page, prospectus and listing. It stays one for ${approved.map((each) => each.occupationTitle).join(', ')}.`
      : 'From that day the qualification may not be called a Higher Technical Qualification, and the quality mark comes off every page, prospectus and listing.';
  const asked = back
    ? `The withdrawal of its approval${occupation ? ` for ${occupation}` : ''} was taken back: approval stands as it did before, and so do the offers that it ended. The qualification may be called a Higher Technical Qualification, and the quality mark may be used where its page says so.`
    : one.cause === 'withdrawn'
      ? `Approval${occupation ? ` for ${occupation}` : ''} ${own ? `is withdrawn from ${dayWords(own.on)}. ${withdrawalReasons[own.reason]}.` : 'is withdrawn.'}\n\n${effect} You may ask for a procedural review; please do so in writing.`
      : `${one.words}.\n\nPlease look at what it means for this qualification, and tell us whether you regard what has to change as a minor or a major change. A major change is answered before it is taught.`;
  return {
    toWhom: entry?.awardingOrganisation ?? '',
    subject: `${back ? 'Approval stands' : causeWords[one.cause]}: ${title}`,
    text: `Dear colleagues,\n\nThis is about ${title}${number ? ` (${number})` : ''}.\n\n${asked}\n\nYours sincerely,\n`,
  };
};

/** Addresses as they were typed, one a line or with commas between. @returns those that are none, too. */
export const readAddresses = (
  typed: string,
): { readonly addresses: readonly string[]; readonly wrong: readonly string[] } => {
  const parts = typed.split(/[\s,;]+/).filter((one) => one !== '');
  const read = parts.map((one) => ({ one, address: readAddress(one) }));
  return {
    addresses: [...new Set(read.flatMap(({ address }) => address ?? []))],
    wrong: read.flatMap(({ one, address }) => (address === null ? [one] : [])),
  };
};

export type NewLetter = {
  /** The id that the form was made with: sent twice it leaves once. */
  readonly id: string;
  readonly toWhom: string;
  readonly subject: string;
  readonly text: string;
  /** Organisations whose people here it is mailed to. */
  readonly organisations: readonly string[];
  /** Others whom it is mailed to. With none of either it is kept as one that went another way. */
  readonly addresses: readonly string[];
};

/** Keeps a letter on its case, and mails it in the same transaction. @returns false when there is no such open case. */
export const sendLetter = (ctx: Context, person: Person, id: string, letter: NewLetter): Promise<boolean> => {
  demand(ctx.actor, keepRegister);
  return ctx.transaction(async (inside) => {
    const one = await lockCase(inside, id);
    if (!one || one.closedAt) return false;
    const chosen = (await addresseesOf(inside, one)).filter(
      (each) => each.id !== null && letter.organisations.includes(each.id) && each.people.length > 0,
    );
    const people = chosen.flatMap((each) => each.people);
    const others = letter.addresses.filter((address) => !people.some((each) => each.address === address));
    const mailedTo = [
      ...chosen.map(
        (each) => `${each.people.length} ${each.people.length === 1 ? 'person' : 'people'} of ${each.name}`,
      ),
      ...others,
    ].join(', ');
    const kept = { id: letter.id, toWhom: letter.toWhom, subject: letter.subject, text: letter.text, mailedTo };
    if (!(await addLetter(inside, { ...kept, caseId: id, by: person.id }))) return true;
    await recordAct(inside, {
      name: 'register.case-letter',
      subject: { kind: 'register-case', id },
      after: { toWhom: letter.toWhom, mailed: people.length + others.length },
    });
    const to = [
      ...new Map(people.map((each) => [each.address, each])).values(),
      ...others.map((address) => ({ id: null, name: null, address })),
    ];
    for (const each of to)
      await sendMail(inside, {
        name: 'register.case-letter',
        to: { address: each.address, name: each.name },
        person: each.id,
        subject: letter.subject,
        body: [
          ...letter.text
            .split(/\n{2,}/)
            .filter((text) => text.trim() !== '')
            .map((text) => ({ kind: 'text' as const, text: text.trim() })),
          { kind: 'text', text: `Sent by ${person.name} for the register of ${ctx.name}.` },
          { kind: 'link', text: 'What the register says', href: `${ctx.address}${entryPath(one.qualification)}` },
        ],
      });
    return true;
  });
};
