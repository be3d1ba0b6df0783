import { createHash, randomBytes } from 'node:crypto';
import { ok, type Result, refused } from '#kernel/result.ts';
import { personalHash, recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import {
  hasPrompts,
  type Letter,
  type LetterStanding,
  paragraphsOf,
  type SignedLetter,
  type Signer,
  signedWords,
  standingOf,
} from '../domain/letter.ts';
import { addSignature, changeLetter, findLetterByToken, lockLetter } from '../store/letters.ts';
import { addressHash } from './draft-letter.ts';
import { tellAnswer, thankSigner } from './tell-letter.ts';

const keyBytes = 32;

/** A link opens the letter to the address alone that it was sent to: a contact who has another one now gets a new link. */
const standing = (ctx: Context, letter: Letter): LetterStanding => {
  const found = standingOf(letter, ctx.clock());
  const address = letter.contact?.address ?? '';
  return found === 'open' && letter.sentTo !== addressHash(letter.token, address) ? 'withdrawn' : found;
};

/** What the employer signs, as it stands: their own words where they changed any. */
export const currentText = (letter: Letter): string => letter.amended ?? letter.draft;

/** A letter by the employer's link; `null`: there is none. */
export const lookAtLetter = async (
  ctx: Context,
  token: string,
): Promise<{ readonly letter: Letter; readonly standing: LetterStanding } | null> => {
  const letter = await findLetterByToken(ctx, token);
  return letter && letter.state !== 'draft' ? { letter, standing: standing(ctx, letter) } : null;
};

/** `changed`: the words, or the names, are others than on the page that was sent. `prompts`: something is left to be filled in. */
export type AnswerRefusal = 'unknown' | Exclude<LetterStanding, 'open'> | 'changed' | 'prompts';

type Act = (ctx: Context, letter: Letter, standing: LetterStanding) => Promise<Result<void, AnswerRefusal>>;

/** Does something with the letter of a link, locked: of two who act at once the second sees what the first did. */
const withLetter = (ctx: Context, token: string, act: Act): Promise<Result<void, AnswerRefusal>> =>
  ctx.transaction(async (inside) => {
    const found = await findLetterByToken(inside, token);
    const letter = found && (await lockLetter(inside, found.id));
    return letter && letter.token === token ? act(inside, letter, standing(inside, letter)) : refused('unknown');
  });

const record = (ctx: Context, letter: Letter, act: string, after: object = {}): Promise<string> =>
  recordAct(ctx, {
    name: `employers.letter-${act}`,
    subject: { kind: 'letter', id: letter.id },
    forOrganisation: letter.organisation,
    after,
  });

/** Stands for all that the employer reads there: names, occupations and words. */
export const shownOf = (letter: Letter): string =>
  createHash('sha256')
    .update(JSON.stringify([letter.organisationName, letter.employer.name, letter.occupations, currentText(letter)]))
    .digest('base64url');

/** The employer changes the words of the letter that they were shown: `shownOf`. Nothing is signed yet. */
export const amendLetter = (
  ctx: Context,
  token: string,
  { text, shown }: { readonly text: string; readonly shown: string },
): Promise<Result<void, AnswerRefusal>> =>
  withLetter(ctx, token, async (inside, letter, stands) => {
    if (stands !== 'open') return refused(stands);
    if (text === currentText(letter)) return ok(undefined);
    if (shownOf(letter) !== shown) return refused('changed');
    await changeLetter(inside, letter.id, { amended: text });
    await record(inside, letter, 'amended');
    return ok(undefined);
  });

export type Signature = {
  /** What stood above the button: `shownOf`. */
  readonly shown: string;
  readonly name: string;
  readonly role: string;
  /** Places of the paragraphs that are held back, from 0. */
  readonly heldBack: readonly number[];
};

/**
 * Signs the letter: text, parts that are held back, day, and who signed are kept for good, with a SHA-256 over all of it.
 * The same click twice signs once.
 */
export const signLetter = (ctx: Context, token: string, signature: Signature): Promise<Result<void, AnswerRefusal>> =>
  withLetter(ctx, token, async (inside, letter, stands) => {
    if (stands === 'signed') return ok(undefined);
    if (stands !== 'open') return refused(stands);
    if (shownOf(letter) !== signature.shown) return refused('changed');
    const text = currentText(letter);
    if (hasPrompts(text)) return refused('prompts');
    const address = letter.contact?.address;
    if (!address) return refused('withdrawn');
    const heldBack = new Set(signature.heldBack);
    const { signed, signer } = sealLetter(
      { ...letter, text, heldBack, signedAt: inside.clock() },
      { ...signature, address },
    );
    await addSignature(inside, letter.id, signed, signer);
    await changeLetter(inside, letter.id, { state: 'signed' });
    await thankSigner(inside, letter, address);
    await tellAnswer(inside, letter, 'signed');
    await record(inside, letter, 'signed', { sha256: signed.sha256, heldBack: heldBack.size });
    return ok(undefined);
  });

type ToSeal = Pick<Letter, 'id' | 'occupations' | 'organisationName' | 'employer'> & {
  readonly text: string;
  readonly heldBack: ReadonlySet<number>;
  readonly signedAt: Date;
};

/** Puts a signature together: the paragraphs, who signed under a key of their own, and the hash over all of it. */
export const sealLetter = (letter: ToSeal, { name, role, address }: Signer) => {
  const key = randomBytes(keyBytes);
  const unsealed = {
    parts: paragraphsOf(letter.text).map((text, at) => ({ text, confidential: letter.heldBack.has(at) })),
    occupations: letter.occupations,
    organisationName: letter.organisationName,
    employerName: letter.employer.name,
    signedAt: letter.signedAt,
    signerHash: personalHash(key, JSON.stringify([name, role, address])),
  };
  return {
    signed: { ...unsealed, sha256: hashOf(letter.id, unsealed) },
    signer: { name, role, address, key },
  };
};

const hashOf = (letter: string, signed: Parameters<typeof signedWords>[1]): string =>
  createHash('sha256').update(signedWords(letter, signed)).digest('hex');

/** Whether what is kept of a letter is what was signed: its hash is worked out anew. */
export const isUnchanged = (letter: Letter, signed: SignedLetter): boolean =>
  hashOf(letter.id, signed) === signed.sha256;

/** The employer does not want to sign. */
export const declineLetter = (ctx: Context, token: string, reason: string): Promise<Result<void, AnswerRefusal>> =>
  withLetter(ctx, token, async (inside, letter, stands) => {
    if (stands === 'declined') return ok(undefined);
    if (stands !== 'open') return refused(stands);
    await changeLetter(inside, letter.id, { state: 'declined', reason });
    await tellAnswer(inside, letter, 'declined');
    await record(inside, letter, 'declined');
    return ok(undefined);
  });

/** Whoever signed no longer stands by it: it is evidence no more. What was signed stays kept. */
export const takeBackLetter = (ctx: Context, token: string, reason: string): Promise<Result<void, AnswerRefusal>> =>
  withLetter(ctx, token, async (inside, letter, stands) => {
    if (stands === 'taken back') return ok(undefined);
    if (stands !== 'signed') return refused(stands === 'open' ? 'changed' : stands);
    await changeLetter(inside, letter.id, { state: 'taken back', reason });
    await tellAnswer(inside, letter, 'taken back');
    await record(inside, letter, 'taken-back');
    return ok(undefined);
  });
