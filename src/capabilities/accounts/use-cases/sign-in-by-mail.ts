import { randomUUID } from 'node:crypto';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { codesPerHour, guessesPerCode, minutes, signInMinutes } from '../domain/limits.ts';
import { signInLinkPath } from '../paths.ts';
import { addPerson, findPersonByAddress, setAddress } from '../store/people.ts';
import { addSignIn, countSignInsSince, lockSignIn, noteGuess, type SignIn, useSignIns } from '../store/sign-ins.ts';
import { beginSession } from './sessions.ts';
import { hashCode, hashToken, isSame, newCode, newToken } from './tokens.ts';

/**
 * Begins a sign-in: sends a code and a link to the address. What it answers is the same whether or not the address is
 * known, and whether or not a message left: an account is made once the address has proved to be theirs.
 *
 * @returns what the browser keeps, so that the code works in this browser alone.
 */
export const beginSignIn = (ctx: Context, address: string): Promise<string> =>
  ctx.transaction(async (inside) => {
    const id = randomUUID();
    const secret = newToken();
    const since = new Date(ctx.clock().getTime() - 60 * minutes);
    if ((await countSignInsSince(inside, address, since)) >= codesPerHour) return `${id}.${secret}`;
    const { code, link } = await addSecrets(inside, id, secret, address);
    const person = await findPersonByAddress(inside, address);
    await sendMail(inside, {
      name: 'accounts.sign-in',
      to: { address, name: null },
      person: person?.id ?? null,
      subject: `${code} is your code for ${ctx.name}`,
      body: [
        { kind: 'text', text: `Your code to sign in to ${ctx.name}:` },
        { kind: 'code', code },
        {
          kind: 'text',
          text: `Enter it on the page where you asked for it. It works once, for ${signInMinutes} minutes.`,
        },
        { kind: 'link', text: 'Or sign in by this link', href: link },
        { kind: 'text', text: 'If you did not ask to sign in, you need do nothing: nobody can without this message.' },
      ],
    });
    return `${id}.${secret}`;
  });

const addSecrets = async (
  ctx: Context,
  id: string,
  secret: string,
  address: string,
): Promise<{ readonly code: string; readonly link: string }> => {
  const code = newCode();
  const token = newToken();
  await addSignIn(ctx, {
    id,
    address,
    codeHash: hashCode(secret, code),
    linkHash: hashToken(token),
    expiresAt: new Date(ctx.clock().getTime() + signInMinutes * minutes),
  });
  return { code, link: `${ctx.address}${signInLinkPath(token)}` };
};

/** A sign-in link that is handed over by other means than mail. */
export const addSignInLink = async (ctx: Context, address: string): Promise<string> =>
  (await addSecrets(ctx, randomUUID(), newToken(), address)).link;

export type SignInRefusal =
  /** No such sign-in: forged, or asked for in another browser. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong-code'; readonly left: number }
  | { readonly kind: 'too-many-guesses' };

export type SignedInByMail =
  | { readonly kind: 'signed-in'; readonly token: string }
  | { readonly kind: 'refused'; readonly refusal: SignInRefusal };

const refused = (refusal: SignInRefusal): SignedInByMail => ({ kind: 'refused', refusal });

const whyNot = (ctx: Context, one: SignIn | undefined): SignInRefusal | null => {
  if (!one) return { kind: 'unknown' };
  if (one.usedAt) return { kind: 'used' };
  if (one.expiresAt <= ctx.clock()) return { kind: 'expired' };
  return one.guesses >= guessesPerCode ? { kind: 'too-many-guesses' } : null;
};

/** @param kept what `beginSignIn` gave the browser. */
export const signInByCode = (ctx: Context, kept: string, code: string, userAgent: string): Promise<SignedInByMail> =>
  ctx.transaction(async (inside) => {
    const seen = await checkCode(inside, kept, code);
    return seen.kind === 'refused' ? seen : { kind: 'signed-in', token: await enter(inside, seen.address, userAgent) };
  });

/** The address whose code this is, in this browser; a wrong one counts as a guess. */
const checkCode = async (
  ctx: Context,
  kept: string,
  code: string,
): Promise<
  { readonly kind: 'right'; readonly address: string } | { readonly kind: 'refused'; readonly refusal: SignInRefusal }
> => {
  const [id = '', secret = ''] = kept.split('.');
  const one = await lockSignIn(ctx, { id });
  const no = whyNot(ctx, one);
  if (!one || no) return { kind: 'refused', refusal: no ?? { kind: 'unknown' } };
  if (isSame(one.codeHash, hashCode(secret, code))) return { kind: 'right', address: one.address };
  await noteGuess(ctx, one.id);
  const left = guessesPerCode - one.guesses - 1;
  return { kind: 'refused', refusal: left > 0 ? { kind: 'wrong-code', left } : { kind: 'too-many-guesses' } };
};

/**
 * Gives a person who signed in by an issuer, and has no address here, the one whose code they enter.
 *
 * @returns `taken`: someone else signs in with it.
 */
export const proveAddress = (
  ctx: Context,
  person: string,
  kept: string,
  code: string,
): Promise<
  | { readonly kind: 'proved' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly refusal: SignInRefusal }
> =>
  ctx.transaction(async (inside) => {
    const seen = await checkCode(inside, kept, code);
    if (seen.kind === 'refused') return seen;
    await useSignIns(inside, seen.address);
    if (await findPersonByAddress(inside, seen.address)) return { kind: 'taken' };
    await setAddress(inside, person, seen.address);
    await recordAct(inside, {
      name: 'accounts.address-proved',
      subject: { kind: 'person', id: person },
      personal: { address: { value: seen.address, person } },
    });
    return { kind: 'proved' };
  });

export const signInByLink = (ctx: Context, link: string, userAgent: string): Promise<SignedInByMail> =>
  ctx.transaction(async (inside) => {
    const one = await lockSignIn(inside, { linkHash: hashToken(link) });
    const no = whyNot(inside, one);
    if (!one || no) return refused(no ?? { kind: 'unknown' });
    return { kind: 'signed-in', token: await enter(inside, one.address, userAgent) };
  });

/** Whether a link could still be used; nothing is changed, since scanners open links. */
export const lookAtLink = (ctx: Context, link: string): Promise<SignInRefusal | null> =>
  ctx.transaction(async (inside) => whyNot(inside, await lockSignIn(inside, { linkHash: hashToken(link) })));

const enter = async (ctx: Context, address: string, userAgent: string): Promise<string> => {
  await useSignIns(ctx, address);
  const known = await findPersonByAddress(ctx, address);
  const person = known?.id ?? (await addPersonOf(ctx, address));
  return beginSession(ctx, person, 'mail', userAgent);
};

const addPersonOf = async (ctx: Context, address: string): Promise<string> => {
  const person = await addPerson(ctx, { address, name: null });
  await recordAct(ctx, {
    name: 'accounts.person-made',
    subject: { kind: 'person', id: person },
    personal: { address: { value: address, person } },
  });
  return person;
};
