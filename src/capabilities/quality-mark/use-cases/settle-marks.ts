import { randomUUID } from 'node:crypto';
import type { RegisterChange } from '#cap/register';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { badgeContext, credentialContext } from '#platform/credentials/known-documents.ts';
import { listLength } from '#platform/credentials/status-list.ts';
import { recordEvent } from '#platform/events/recorded-event.ts';
import { credentialOf, type Statement, sameStatement, statementOf } from '../domain/credential.ts';
import { type Entitlement, entitlementOn } from '../domain/entitlement.ts';
import type { MarkFacts } from '../domain/mark-facts.ts';
import { hindranceWords } from '../domain/mark-words.ts';
import { credentialIdPath, liveMarkPath, offerPath, statusListPath } from '../paths.ts';
import { acceptedBy, findAcceptance } from '../store/acceptances.ts';
import {
  addCredential,
  holders,
  holdersOfQualification,
  lastOfOffer,
  lockCredentials,
  nextStatusPlace,
  type RevokedFor,
  revokeCredential,
  type StoredCredential,
  standingOfProvider,
} from '../store/credentials.ts';
import { type CurrentSigner, currentSigner, issuerAddress } from './keys.ts';
import { factsOf, offering, offersOfProvider, registerKind, seenIn } from './register-facts.ts';
import { rulesToday, today } from './rules.ts';
import { type EndedMark, holdersTold, tellHolders, tellReturned } from './tell-holders.ts';

export type Settled = { readonly issued: number; readonly revoked: number };

export type MarkOfProvider = {
  readonly offer: string;
  readonly occupation: string;
  readonly facts: MarkFacts;
  readonly entitlement: Entitlement;
};

/** Every offer of a provider with each of its occupations, and whether the mark may be used there today. */
export const marksOfProvider = async (ctx: Context, ukprn: string): Promise<readonly MarkOfProvider[]> => {
  const on = today(ctx);
  const { title, terms } = rulesToday(ctx);
  const accepted = (await findAcceptance(ctx, ukprn, terms.version)) !== null;
  const due: MarkOfProvider[] = [];
  for (const offer of await offersOfProvider(ctx, ukprn, on))
    for (const { reference } of offer.occupations) {
      const facts = await factsOf(ctx, offer, reference, on);
      const entitlement = entitlementOn(facts, { accepted, titleRule: title, on });
      due.push({ offer: offer.id, occupation: reference, facts, entitlement });
    }
  return due;
};

/**
 * Brings a provider's credentials in line with the register: one for each offer that may use the mark, none for those that may
 * not, a new one where what it states has changed. Doing it again changes nothing. Only an authority signs; a copy takes back
 * what it signed when it was one.
 *
 * @param telling `quietly`: nobody is told by mail of what ended or holds again, as when an example is made.
 */
export const settleProvider = (ctx: Context, ukprn: string, telling: 'tell' | 'quietly' = 'tell'): Promise<Settled> =>
  ctx.transaction(async (inside) => {
    await lockCredentials(inside);
    const isAuthority = (await registerKind(inside)).kind === 'authority';
    const due = isAuthority ? await marksOfProvider(inside, ukprn) : [];
    const held = await standingOfProvider(inside, ukprn);
    const of = (one: { readonly offer: string; readonly occupation: string }) => `${one.offer} ${one.occupation}`;
    const entitled = new Map(
      due.flatMap((one) => {
        const statement = one.entitlement.kind === 'entitled' ? statementOf(one.facts) : null;
        return statement ? [[of(one), { ...one, statement }] as const] : [];
      }),
    );
    let revoked = 0;
    const ended: EndedMark[] = [];
    const kept = new Set<string>();
    for (const one of held) {
      const now = entitled.get(of(one));
      if (now && sameStatement(now.statement, one.statement)) {
        kept.add(of(one));
        continue;
      }
      const why: RevokedFor = now ? 'replaced' : 'withdrawn';
      await revoke(inside, one, why);
      if (why === 'withdrawn') ended.push({ credential: one, reasons: await reasonsFor(inside, one, isAuthority) });
      revoked += 1;
    }
    if (telling === 'tell') await tellHolders(inside, ukprn, ended);
    const missing = [...entitled].filter(([key]) => !kept.has(key)).map(([, one]) => one);
    if (missing.length === 0) return { issued: 0, revoked };
    const signer = await currentSigner(inside);
    if (typeof signer === 'string') return { issued: 0, revoked };
    const returned: typeof missing = [];
    for (const one of missing) {
      const before = (await lastOfOffer(inside, one.offer)).find((each) => each.occupation === one.occupation);
      if (before?.revokedFor === 'withdrawn') returned.push(one);
      await issueOne(inside, signer, { ...one, qualification: one.facts.qualification.id });
    }
    if (telling === 'tell') await tellReturned(inside, ukprn, returned);
    return { issued: missing.length, revoked };
  });

/** The same for those whom a change in the register touches: who holds a credential for it, and who offers it. */
export const settleAfter = async (ctx: Context, change: RegisterChange): Promise<SettledEach> => {
  const { qualification, ukprn, what, from } = change;
  const touched =
    ukprn === null
      ? [...(await holdersOfQualification(ctx, qualification)), ...(await offering(ctx, qualification, today(ctx)))]
      : [ukprn];
  const settled = await settleEach(ctx, new Set(touched));
  if (ukprn === null && what === 'withdrawal' && from <= today(ctx)) await tellOfNone(ctx, qualification);
  return settled;
};

/** Whoever waits for the holders of a withdrawn qualification to be told hears when there are none any more. */
const tellOfNone = (ctx: Context, qualification: string): Promise<void> =>
  ctx.transaction(async (inside) => {
    if ((await holdersOfQualification(inside, qualification)).length > 0) return;
    await recordEvent(inside, holdersTold, {
      qualification,
      occupation: null,
      provider: '',
      people: 0,
      remaining: 0,
    });
  });

/** What came of several providers: those that could not be settled hold up no other. */
export type SettledEach = Settled & { readonly faults: readonly Error[] };

const settleEach = async (ctx: Context, providers: ReadonlySet<string>): Promise<SettledEach> => {
  let issued = 0;
  let revoked = 0;
  const faults: Error[] = [];
  for (const ukprn of providers)
    try {
      const one = await settleProvider(ctx, ukprn);
      issued += one.issued;
      revoked += one.revoked;
    } catch (cause) {
      faults.push(new Error(`The marks of the provider ${ukprn} could not be settled`, { cause }));
    }
  return { issued, revoked, faults };
};

/** The same for every provider that holds a credential or accepted the terms. @throws what went wrong, when all were tried. */
export const settleAll = async (ctx: Context): Promise<Settled> => {
  const providers = new Set([...(await holders(ctx)), ...(await acceptedBy(ctx, rulesToday(ctx).terms.version))]);
  const { faults, ...settled } = await settleEach(ctx, providers);
  if (faults.length > 0) throw new AggregateError(faults, faults.map((one) => one.message).join('. '));
  return settled;
};

const issueOne = async (
  ctx: Context,
  signer: CurrentSigner,
  {
    offer,
    occupation,
    qualification,
    statement,
  }: {
    readonly offer: string;
    readonly occupation: string;
    readonly qualification: string;
    readonly statement: Statement;
  },
): Promise<void> => {
  const id = randomUUID();
  const { list, index } = await nextStatusPlace(ctx, listLength);
  const at = (path: string): string => `${ctx.address}${path}`;
  const issuedAt = ctx.clock();
  const credential = credentialOf(
    statement,
    {
      id: at(credentialIdPath(id)),
      issuer: issuerAddress(ctx),
      issuerName: ctx.name,
      offer: at(offerPath(offer)),
      image: at(liveMarkPath(offer, occupation)),
      provider: at(`/providers/${statement.ukprn}`),
      standard: at(`/standards/${encodeURIComponent(occupation)}`),
      statusList: at(statusListPath(list)),
      statusIndex: index,
      contexts: [credentialContext, badgeContext],
    },
    issuedAt,
  );
  const signed = await signer.sign(credential, issuedAt);
  await addCredential(ctx, {
    id,
    offer,
    occupation,
    qualification,
    ukprn: statement.ukprn,
    signingKey: signer.keyId,
    statement,
    signed: JSON.stringify(signed),
    issuedAt,
    list,
    index,
  });
  await recordAct(ctx, {
    name: 'quality-mark.credential-issued',
    subject: { kind: 'credential', id },
    after: { offer, occupation, ukprn: statement.ukprn },
  });
};

/** Why a credential no longer holds: by the facts of what it was issued for, since the offer may have ended with the approval. */
const reasonsFor = async (ctx: Context, one: StoredCredential, isAuthority: boolean): Promise<readonly string[]> => {
  if (!isAuthority) return ['This register is a copy now, and only the source signs credentials.'];
  const on = today(ctx);
  const { title, terms } = rulesToday(ctx);
  const facts = await factsOf(ctx, seenIn(one), one.occupation, on);
  const accepted = (await findAcceptance(ctx, one.ukprn, terms.version)) !== null;
  const entitlement = entitlementOn(facts, { accepted, titleRule: title, on });
  return entitlement.kind === 'not-entitled' ? entitlement.hindrances.map((each) => hindranceWords(each).why) : [];
};

const revoke = async (ctx: Context, one: StoredCredential, why: RevokedFor): Promise<void> => {
  await revokeCredential(ctx, one.id, why);
  await recordAct(ctx, {
    name: 'quality-mark.credential-revoked',
    subject: { kind: 'credential', id: one.id },
    after: { offer: one.offer, occupation: one.occupation, why },
  });
};
