import { randomBytes } from 'node:crypto';
import type { Membership } from '#kernel/actor.ts';
import { demand, isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { personalHash, recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { monthsBetween } from '../domain/evidence.ts';
import { cameToNothing, draftLetter, type Letter, letterDays } from '../domain/letter.ts';
import { workOnEmployer } from '../policy.ts';
import { touchContacts } from '../store/contacts.ts';
import { findEmployer } from '../store/employers.ts';
import {
  addLetter,
  changeLetter,
  findLetter,
  listAskLines,
  listLetters,
  listWritableContacts,
  lockLetter,
  removeSigner,
} from '../store/letters.ts';
import { occupationsByReference, occupationWords } from './evidence-occupations.ts';
import { evidenceSources, todayOf } from './evidence-record.ts';
import { askToSign } from './tell-letter.ts';

/** All letters of an organisation, the newest first. */
export const lettersOf = async (ctx: Context, organisation: string): Promise<readonly Letter[]> =>
  isAllowed(ctx.actor, workOnEmployer, { organisation }) ? listLetters(ctx, organisation) : [];

/** A letter, for members of the organisation that asks for it. */
export const openLetter = async (ctx: Context, id: string): Promise<Letter | null> => {
  const letter = await findLetter(ctx, id);
  return letter && isAllowed(ctx.actor, workOnEmployer, { organisation: letter.organisation }) ? letter : null;
};

/** To whom at an employer a letter may be sent, for members of the organisation that keeps it. */
export const writableContacts = async (ctx: Context, employer: string) => {
  const found = await findEmployer(ctx, employer);
  return found && isAllowed(ctx.actor, workOnEmployer, { organisation: found.organisation })
    ? listWritableContacts(ctx, employer)
    : [];
};

/** `changed`: somebody else changed it in between. `answered`: the employer has, or it was withdrawn. */
export type LetterRefusal = 'unknown' | 'changed' | 'answered' | 'no contact' | 'no occupation';

/**
 * Drafts a letter from what the record has of an employer.
 *
 * @param asked.id made with the form: sent twice, it makes one letter.
 */
export const startLetter = async (
  ctx: Context,
  keeping: Membership,
  asked: {
    readonly id: string;
    readonly employer: string;
    readonly contact: string;
    readonly occupations: readonly string[];
  },
): Promise<Result<string, LetterRefusal>> => {
  const { organisation, name } = keeping;
  demand(ctx.actor, workOnEmployer, { organisation });
  const employer = await findEmployer(ctx, asked.employer);
  if (!employer || employer.organisation !== organisation) return refused('unknown');
  const occupations = employer.occupations.filter((one) => asked.occupations.includes(one));
  if (occupations.length === 0) return refused('no occupation');
  const contact = (await listWritableContacts(ctx, employer.id)).find((one) => one.id === asked.contact);
  if (!contact) return refused('no contact');
  const today = todayOf(ctx);
  const occupation = await occupationsByReference(ctx, occupations);
  const draft = draftLetter({
    organisation: name,
    employer: employer.name,
    occupations: occupations.map((one) => occupationWords(occupation(one))),
    items: (await evidenceSources(ctx, keeping))
      .filter((one) => one.employer.id === employer.id && one.occupations.some((two) => occupations.includes(two)))
      .map((one) => ({ ...one, ageMonths: monthsBetween(one.on, today) })),
    asks: await listAskLines(ctx, employer.id, occupations),
  });
  return ctx.transaction(async (inside) => {
    const made = await addLetter(inside, {
      id: asked.id,
      organisation,
      organisationName: name,
      occupations,
      draft,
      token: newToken(),
      madeBy: inside.actor.kind === 'person' ? inside.actor.id : null,
      employer: employer.id,
      contact: contact.id,
    });
    if (made)
      await recordAct(inside, {
        name: 'employers.letter-drafted',
        subject: { kind: 'letter', id: asked.id },
        forOrganisation: organisation,
        after: { employer: employer.id, occupations },
      });
    return ok(asked.id);
  });
};

/**
 * Drafts another letter with the words of one that came to nothing: the employer's own where they changed any.
 *
 * @param made id of the new letter, made with the form: sent twice, it makes one letter.
 */
export const draftAgain = async (ctx: Context, id: string, made: string): Promise<Result<string, LetterRefusal>> => {
  const letter = await openLetter(ctx, id);
  if (!letter) return refused('unknown');
  if (!cameToNothing(letter)) return refused('answered');
  return ctx.transaction(async (inside) => {
    const isNew = await addLetter(inside, {
      id: made,
      organisation: letter.organisation,
      organisationName: letter.organisationName,
      occupations: letter.occupations,
      draft: letter.amended ?? letter.draft,
      token: newToken(),
      madeBy: inside.actor.kind === 'person' ? inside.actor.id : null,
      employer: letter.employer.id,
      contact: letter.contact?.id ?? null,
    });
    if (isNew)
      await recordAct(inside, {
        name: 'employers.letter-drafted',
        subject: { kind: 'letter', id: made },
        forOrganisation: letter.organisation,
        after: { employer: letter.employer.id, occupations: letter.occupations, from: letter.id },
      });
    return ok(made);
  });
};

const newToken = (): string => randomBytes(24).toString('base64url');

type Act = (ctx: Context, letter: Letter) => Promise<Result<void, LetterRefusal>>;

/** Does something with a letter of one's own organisation, locked. */
const withLetter = (ctx: Context, id: string, act: Act): Promise<Result<void, LetterRefusal>> =>
  ctx.transaction(async (inside) => {
    if (!(await openLetter(inside, id))) return refused('unknown');
    const letter = await lockLetter(inside, id);
    return letter ? act(inside, letter) : refused('unknown');
  });

const record = (ctx: Context, letter: Letter, act: string, after: object = {}): Promise<string> =>
  recordAct(ctx, {
    name: `employers.letter-${act}`,
    subject: { kind: 'letter', id: letter.id },
    forOrganisation: letter.organisation,
    after,
  });

/** What the form of a draft has. `revision`: of the letter that it was made from. */
export type TypedDraft = { readonly revision: number; readonly draft: string; readonly contact: string };

const keepDraft = async (ctx: Context, letter: Letter, typed: TypedDraft): Promise<Result<void, LetterRefusal>> => {
  if (letter.state !== 'draft') return refused('answered');
  const same = letter.draft === typed.draft && letter.contact?.id === typed.contact;
  if (letter.revision !== typed.revision) return same ? ok(undefined) : refused('changed');
  const contacts = await listWritableContacts(ctx, letter.employer.id);
  if (!contacts.some((one) => one.id === typed.contact)) return refused('no contact');
  if (same) return ok(undefined);
  await changeLetter(ctx, letter.id, { draft: typed.draft, contact: typed.contact });
  await record(ctx, letter, 'draft-changed');
  return ok(undefined);
};

/** Changes the words of a draft, and to whom it goes. */
export const saveDraft = (ctx: Context, id: string, typed: TypedDraft): Promise<Result<void, LetterRefusal>> =>
  withLetter(ctx, id, (inside, letter) => keepDraft(inside, letter, typed));

/** Under the letter's own token, so that equal addresses of two letters do not show. */
export const addressHash = (token: string, address: string): string =>
  personalHash(new TextEncoder().encode(token), address);

/** A link that went to another address before opens nothing any more. */
const sendLink = async (ctx: Context, letter: Letter): Promise<Result<void, LetterRefusal>> => {
  const { contact } = letter;
  if (!contact?.address) return refused('no contact');
  const { address } = contact;
  const isNew = letter.sentTo !== null && letter.sentTo !== addressHash(letter.token, address);
  const token = isNew ? newToken() : letter.token;
  const until = new Date(ctx.clock().getTime() + letterDays * 86_400_000);
  await changeLetter(ctx, letter.id, {
    state: 'sent',
    token,
    sentTo: addressHash(token, address),
    sentAt: ctx.clock(),
    until,
  });
  await touchContacts(ctx, [contact.id]);
  await askToSign(ctx, { ...letter, token }, address, until);
  await record(ctx, letter, 'sent', { until: until.toISOString() });
  return ok(undefined);
};

/** Saves a draft as its form has it and sends the link to the contact. Of the same click twice the second finds it sent. */
export const sendDraft = (ctx: Context, id: string, typed: TypedDraft): Promise<Result<void, LetterRefusal>> =>
  withLetter(ctx, id, async (inside, letter) => {
    const isSent = letter.state === 'sent' && letter.draft === typed.draft && letter.contact?.id === typed.contact;
    if (isSent) return ok(undefined);
    const kept = await keepDraft(inside, letter, typed);
    if (kept.kind === 'refused') return kept;
    const saved = await findLetter(inside, id);
    return saved ? sendLink(inside, saved) : refused('unknown');
  });

/**
 * Sends the link of a letter once more, with a new last day.
 *
 * @param sentAt when it was sent last, as the page said: of the same click twice the second finds it sent. What the employer
 * changes after that is no reason not to send it.
 */
export const sendLetter = (ctx: Context, id: string, sentAt: Date | null): Promise<Result<void, LetterRefusal>> =>
  withLetter(ctx, id, async (inside, letter) => {
    if (letter.state !== 'sent') return refused('answered');
    return letter.sentAt?.getTime() === sentAt?.getTime() ? sendLink(inside, letter) : ok(undefined);
  });

/** The organisation takes its request back: the link says so. */
export const withdrawLetter = (ctx: Context, id: string): Promise<Result<void, LetterRefusal>> =>
  withLetter(ctx, id, async (inside, letter) => {
    if (letter.state === 'withdrawn') return ok(undefined);
    if (letter.state !== 'draft' && letter.state !== 'sent') return refused('answered');
    await changeLetter(inside, id, { state: 'withdrawn' });
    await record(inside, letter, 'withdrawn');
    return ok(undefined);
  });

/** Takes the signer's name, role and address out for good, as they asked; the letter stays the employer's. */
export const takeSignerOut = (ctx: Context, id: string): Promise<Result<void, LetterRefusal>> =>
  withLetter(ctx, id, async (inside, letter) => {
    if (await removeSigner(inside, id)) await record(inside, letter, 'signer-taken-out');
    return ok(undefined);
  });
