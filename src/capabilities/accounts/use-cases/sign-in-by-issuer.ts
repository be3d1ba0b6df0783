import * as client from 'openid-client';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { IssuerSettings } from '#platform/issuer.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type IssuerClaims, readIssuerClaims } from '../domain/issuer-claims.ts';
import { signInReturnPath } from '../paths.ts';
import {
  addMember,
  addOrganisation,
  findOrganisationByUkprn,
  membershipsOf,
  removeMember,
} from '../store/organisations.ts';
import { addIdentity, addPerson, findPersonByAddress, findPersonByIdentity, namePerson } from '../store/people.ts';
import { beginSession } from './sessions.ts';

/** Seconds that an issuer may take for one answer. */
const patienceSeconds = 10;
/** How long what an issuer says of itself is believed before it is asked again. */
const discoveryKeptMs = 3_600_000;

const discovered = new Map<string, { readonly at: number; readonly config: client.Configuration }>();

const isLoopback = (address: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);

const configurationOf = async (ctx: Context, issuer: IssuerSettings): Promise<client.Configuration> => {
  const key = `${issuer.issuer} ${issuer.clientId}`;
  const kept = discovered.get(key);
  const now = ctx.clock().getTime();
  if (kept && now - kept.at < discoveryKeptMs) return kept.config;
  const address = new URL(issuer.issuer);
  const config = await client.discovery(address, issuer.clientId, issuer.clientSecret, undefined, {
    timeout: patienceSeconds,
    execute: [
      // The token comes straight from the issuer; its signature is checked all the same.
      client.enableNonRepudiationChecks,
      ...(address.protocol === 'http:' && isLoopback(address) ? [client.allowInsecureRequests] : []),
    ],
  });
  discovered.set(key, { at: now, config });
  return config;
};

const returnAddress = (ctx: Context, issuer: IssuerSettings): string => `${ctx.address}${signInReturnPath(issuer.id)}`;

/** What the browser keeps between going to the issuer and coming back. */
type Kept = { readonly state: string; readonly nonce: string; readonly verifier: string; readonly to: string };

const pack = (kept: Kept): string => Buffer.from(JSON.stringify(kept)).toString('base64url');

const unpack = (text: string): Kept | null => {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Kept>;
    const { state, nonce, verifier, to } = value;
    return typeof state === 'string' &&
      typeof nonce === 'string' &&
      typeof verifier === 'string' &&
      typeof to === 'string'
      ? { state, nonce, verifier, to }
      : null;
  } catch {
    return null;
  }
};

export type Departure =
  | { readonly kind: 'go'; readonly address: string; readonly kept: string }
  | { readonly kind: 'unavailable' };

/** Begins a sign-in with an issuer (authorization code with PKCE, RFC 9700). */
export const departToIssuer = async (ctx: Context, issuer: IssuerSettings, to: string): Promise<Departure> => {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  try {
    const config = await configurationOf(ctx, issuer);
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: returnAddress(ctx, issuer),
      scope: `openid email profile${issuer.assertsUkprn ? ' organisation' : ''}`,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { kind: 'go', address: address.href, kept: pack({ state, nonce, verifier, to }) };
  } catch {
    return { kind: 'unavailable' };
  }
};

export type ReturnRefusal =
  /** No sign-in waits in this browser, or the answer belongs to another one. */
  | 'unknown'
  /** The issuer says that the person, or it, declined. */
  | 'declined'
  /** The issuer does not answer. */
  | 'unavailable'
  /** What it answered is not signed with its keys, is too old, or is used already. */
  | 'not-believed';

export type Returned =
  | { readonly kind: 'signed-in'; readonly token: string; readonly to: string }
  | { readonly kind: 'refused'; readonly refusal: ReturnRefusal };

const isNetwork = (error: unknown): boolean => {
  const { code, cause } = error as { readonly code?: string; readonly cause?: { readonly code?: string } };
  return (
    code === 'OAUTH_TIMEOUT' ||
    /^(?:E|UND_)/.test(cause?.code ?? '') ||
    (error instanceof TypeError && error.message === 'fetch failed')
  );
};

/**
 * Ends a sign-in with an issuer.
 *
 * @param query of the address to which the issuer sent the browser back.
 * @param keptText what `departToIssuer` gave the browser.
 */
export const returnFromIssuer = async (
  ctx: Context,
  issuer: IssuerSettings,
  query: URLSearchParams,
  keptText: string,
  userAgent: string,
): Promise<Returned> => {
  const kept = unpack(keptText);
  if (!kept || query.get('state') !== kept.state) return { kind: 'refused', refusal: 'unknown' };
  let claims: Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };
  try {
    const config = await configurationOf(ctx, issuer);
    const tokens = await client.authorizationCodeGrant(config, new URL(`${returnAddress(ctx, issuer)}?${query}`), {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const own = tokens.claims();
    if (!own) return { kind: 'refused', refusal: 'not-believed' };
    const more = config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, own.sub)
      : {};
    claims = { ...own, ...more, iss: own.iss, sub: own.sub };
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) return { kind: 'refused', refusal: 'declined' };
    return { kind: 'refused', refusal: isNetwork(error) ? 'unavailable' : 'not-believed' };
  }
  const token = await ctx.transaction((inside) => enter(inside, issuer, claims, userAgent));
  return { kind: 'signed-in', token, to: kept.to };
};

const enter = async (
  ctx: Context,
  issuer: IssuerSettings,
  claims: Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string },
  userAgent: string,
): Promise<string> => {
  const read = readIssuerClaims(claims, readAddress);
  const known = await findPersonByIdentity(ctx, claims.iss, claims.sub);
  const person = known?.id ?? (await joinOrAdd(ctx, issuer, claims, read));
  if (known && known.name === null && read.name !== null) await namePerson(ctx, person, read.name);
  if (issuer.assertsUkprn) await followProvider(ctx, issuer, person, read.provider);
  return beginSession(ctx, person, issuer.id, userAgent);
};

/** A person known by a verified address is joined where the issuer is trusted for addresses; anyone else is new. */
const joinOrAdd = async (
  ctx: Context,
  issuer: IssuerSettings,
  claims: { readonly iss: string; readonly sub: string },
  read: IssuerClaims,
): Promise<string> => {
  const address = issuer.trustedForAddress ? read.verifiedAddress : null;
  const there = address === null ? undefined : await findPersonByAddress(ctx, address);
  const person = there?.id ?? (await addPerson(ctx, { address, name: read.name }));
  await addIdentity(ctx, claims.iss, claims.sub, person);
  await recordAct(ctx, {
    name: there ? 'accounts.identity-joined' : 'accounts.person-made',
    subject: { kind: 'person', id: person },
    after: { issuer: issuer.id },
    personal: address === null ? {} : { address: { value: address, person } },
  });
  return person;
};

/** Belonging to a provider by an issuer's word lasts as long as the issuer says so. */
const followProvider = async (
  ctx: Context,
  issuer: IssuerSettings,
  person: string,
  provider: IssuerClaims['provider'],
): Promise<void> => {
  const organisation = provider ? await providerOf(ctx, issuer, provider) : null;
  for (const one of await membershipsOf(ctx, person)) {
    if (one.issuer !== issuer.id || one.organisation === organisation) continue;
    await removeMember(ctx, one.organisation, person);
    await recordAct(ctx, {
      name: 'accounts.member-removed',
      subject: { kind: 'person', id: person },
      forOrganisation: one.organisation,
      before: { standing: one.standing, issuer: issuer.id },
    });
  }
  if (organisation !== null && (await addMember(ctx, organisation, person, 'member', issuer.id)))
    await recordAct(ctx, {
      name: 'accounts.member-asserted',
      subject: { kind: 'person', id: person },
      forOrganisation: organisation,
      after: { issuer: issuer.id },
    });
};

const providerOf = async (
  ctx: Context,
  issuer: IssuerSettings,
  { ukprn, name }: { readonly ukprn: string; readonly name: string },
): Promise<string> => {
  const there = await findOrganisationByUkprn(ctx, ukprn);
  if (there) return there.id;
  const id = await addOrganisation(ctx, {
    kind: 'provider',
    name,
    ukprn,
    providerType: null,
    region: null,
    town: null,
    postcode: null,
    fictional: false,
    source: issuer.name,
  });
  await recordAct(ctx, {
    name: 'accounts.organisation-made',
    subject: { kind: 'organisation', id },
    after: { kind: 'provider', ukprn, source: issuer.name },
  });
  return id;
};
