import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { credentialText } from '#platform/credentials/bake.ts';
import {
  checkSignature,
  isBadge,
  keysWanted,
  type ReadCredential,
  readCredential,
  statusEntry,
} from '#platform/credentials/check-credential.ts';
import { type Controller, controllerOfDidKey } from '#platform/credentials/known-documents.ts';
import { statusIn } from '#platform/credentials/status-list.ts';
import type { Said, Verdict } from '../domain/verdict.ts';
import { issuerAddress, issuerDocument } from './keys.ts';
import { findCredentialAt } from './read-credential.ts';
import { statusList } from './status.ts';

/** Where keys and status lists come from. `null`: it could not be had. */
export type Sources = {
  /** Whether this issuer's word counts: anyone can make a key and sign what they like with it. */
  readonly trusts: (issuer: string) => boolean;
  readonly controller: (issuer: string) => Promise<Controller | null>;
  readonly list: (address: string) => Promise<unknown>;
  /** Why something that this instance signed no longer holds; `null`: it does, or is none of its own. */
  readonly ended: (
    id: string,
  ) => Promise<{ readonly why: 'withdrawn' | 'replaced' | 'key'; readonly on: string } | null>;
};

/** Asks nobody: only an issuer whose identifier is its key can be checked. */
export const noSources: Sources = {
  trusts: () => false,
  controller: async (issuer) => controllerOfDidKey(issuer),
  list: async () => null,
  ended: async () => null,
};

/** Asks this instance alone, and no network: what another issuer signed stays not known, unless its identifier is its key. */
export const sourcesHere = (ctx: Context): Sources => ({
  trusts: (issuer) => issuer === issuerAddress(ctx),
  controller: async (issuer) => (issuer === issuerAddress(ctx) ? issuerDocument(ctx) : controllerOfDidKey(issuer)),
  list: async (address) => {
    const list = address.startsWith(`${ctx.address}/mark/status/`) ? /\/(\d{1,6})$/.exec(address)?.[1] : undefined;
    const found = list === undefined ? null : await statusList(ctx, Number(list));
    return found === 'unsigned' ? null : found;
  },
  ended: async (id) => {
    const found = await findCredentialAt(ctx, id);
    return found?.revokedAt && found.revokedFor ? { why: found.revokedFor, on: found.revokedAt.toISOString() } : null;
  },
});

/** Milliseconds until an address counts as silent, and the bytes that are read of it. */
const patienceMs = 10_000;
const mostBytes = 5 * 1024 * 1024;

/** What an address answers. @returns `null`: it could not be had. */
export const askedFile = async (address: string): Promise<Uint8Array | null> => {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(patienceMs), redirect: 'follow' });
    if (!answer.ok || !answer.body) return null;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body) {
      size += part.length;
      if (size > mostBytes) return null;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return null;
  }
};

const askedJson = async (address: string): Promise<unknown> => {
  const bytes = /^https?:\/\//.test(address) ? await askedFile(address) : null;
  return bytes === null ? null : (parsed(new TextDecoder().decode(bytes)) ?? null);
};

/** Where an issuer keeps its document: at its own address, or where a `did:web` says (did:web, 3.2). @returns `null`: nowhere. */
const documentOf = (issuer: string): string | null => {
  const named = /^did:web:(.+)$/.exec(issuer)?.[1];
  if (named === undefined) return issuer;
  try {
    const parts = named.split(':').map(decodeURIComponent);
    return `https://${parts.join('/')}${parts.length === 1 ? '/.well-known' : ''}/did.json`;
  } catch {
    return null;
  }
};

const controllerShape = z.object({
  id: z.string(),
  verificationMethod: z.array(
    z.object({
      id: z.string(),
      type: z.literal('Multikey'),
      controller: z.string(),
      publicKeyMultibase: z.string(),
      /** Since when, and until when, it does not count (Controlled Identifiers 1.0, 2.2). */
      revoked: z.string().optional(),
      expires: z.string().optional(),
    }),
  ),
  assertionMethod: z.array(z.string()),
});

/** An issuer's document as it was read, with the keys that count at a moment. @returns `null`: it is not this issuer's. */
export const controllerFrom = (document: unknown, issuer: string, at: Date): Controller | null => {
  const read = controllerShape.safeParse(document);
  if (!read.success || read.data.id !== issuer) return null;
  const { verificationMethod, ...rest } = read.data;
  return {
    ...rest,
    verificationMethod: verificationMethod.flatMap(({ revoked, expires, ...key }) =>
      revoked === undefined && (expires === undefined || new Date(expires) > at) ? [key] : [],
    ),
  };
};

/**
 * Asks whoever the credential names, for whoever runs the command.
 *
 * @param trusted whose word counts: an issuer's identifier, or an address that it lies under; `null`: nobody's. Anyone can have an
 * address and sign what they like there.
 */
export const sourcesOnNetwork = (trusted: string | null, at: Date): Sources => ({
  trusts: (issuer) => trusted !== null && (issuer === trusted || issuer.startsWith(`${trusted}/`)),
  controller: async (issuer) => {
    const own = controllerOfDidKey(issuer);
    if (own) return own;
    const address = documentOf(issuer);
    return address === null ? null : controllerFrom(await askedJson(address), issuer, at);
  },
  list: askedJson,
  ended: async () => null,
});

const text = z.string().min(1).nullable().catch(null);
/** As much of the subject as is shown. What is missing or of another shape is left out, and never a reason to refuse. */
const subjectShape = z
  .object({
    activityStartDate: z.iso.datetime({ offset: true }).nullable().catch(null),
    identifier: z.array(z.object({ identityType: text, identityHash: text })).catch([]),
    achievement: z.object({ name: text, specialization: text }).catch({ name: null, specialization: null }),
  })
  .catch({ activityStartDate: null, identifier: [], achievement: { name: null, specialization: null } });

const saidBy = (credential: ReadCredential): Said => {
  const subject = subjectShape.parse(credential.credentialSubject);
  return {
    id: credential.id ?? null,
    qualification: subject.achievement.name,
    occupation: subject.achievement.specialization,
    provider: subject.identifier.find((one) => one.identityType === 'name')?.identityHash ?? null,
    firstTeach: subject.activityStartDate,
    issuedAt: credential.validFrom ?? null,
    issuer: credential.issuer.id,
    issuerName: credential.issuer.name ?? null,
  };
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/**
 * Checks a credential: an SVG or PNG that it is baked into, or its JSON.
 *
 * @param at the moment for which it is asked.
 */
export const verifyFile = async (bytes: Uint8Array, sources: Sources, at: Date): Promise<Verdict> => {
  const opened = credentialText(bytes);
  if (opened.kind === 'refused') return { kind: 'unreadable', words: `${opened.refusal}.` };
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(opened.value))
    return {
      kind: 'unreadable',
      words: 'It is a credential as a compact token (JWT), a form that is not checked here.',
    };
  const raw = parsed(opened.value);
  if (raw === undefined) return { kind: 'unreadable', words: 'What is in it is not JSON.' };
  const read = readCredential(raw);
  if (read.kind === 'refused') return { kind: 'unreadable', words: `${read.refusal}.` };
  // What else an issuer signs, such as its status list, is genuine too, and says nothing of a qualification.
  if (!isBadge(read.value))
    return { kind: 'unreadable', words: 'It is a Verifiable Credential of another kind, and no Open Badge.' };
  return verifyRead(raw as object, read.value, sources, at);
};

const verifyRead = async (raw: object, credential: ReadCredential, sources: Sources, at: Date): Promise<Verdict> => {
  const said = saidBy(credential);
  const controller = keysWanted(credential).length > 0 ? await sources.controller(credential.issuer.id) : null;
  const signature = await checkSignature(raw, credential, controller);
  if (signature.kind === 'altered') {
    const ended = credential.id === undefined ? null : await sources.ended(credential.id);
    return ended?.why === 'key' ? { kind: 'ended', said, ...ended } : { kind: 'altered', said, words: signature.words };
  }
  if (signature.kind === 'not-known') return { kind: 'not-known', said, genuine: false, words: signature.words };
  if (!sources.trusts(credential.issuer.id))
    return {
      kind: 'not-known',
      said,
      genuine: true,
      words: `It was signed by ${credential.issuer.id}, whose word does not count here: anyone can sign what they like with a key of their own.`,
    };
  if (credential.validFrom !== undefined && new Date(credential.validFrom) > at)
    return { kind: 'not-yet', said, from: credential.validFrom };
  if (credential.validUntil !== undefined && new Date(credential.validUntil) < at)
    return { kind: 'ended', said, why: 'expired', on: credential.validUntil };
  for (const given of credential.credentialStatus ?? []) {
    const notKnown = (words: string): Verdict => ({ kind: 'not-known', said, genuine: true, words });
    const { data: entry } = statusEntry.safeParse(given);
    if (!entry) return notKnown(`Its status is kept in a way that is not read here (${given.type}).`);
    const list = await sources.list(entry.statusListCredential);
    if (list === null || list === undefined)
      return notKnown('The list that says whether it was withdrawn could not be had.');
    const readList = readCredential(list);
    if (readList.kind === 'refused' || readList.value.issuer.id !== credential.issuer.id)
      return notKnown('The list that says whether it was withdrawn is not its issuer’s.');
    if ((await checkSignature(list as object, readList.value, controller)).kind !== 'genuine')
      return notKnown('The list that says whether it was withdrawn is not signed by its issuer.');
    if (readList.value.validUntil !== undefined && new Date(readList.value.validUntil) < at)
      return notKnown('The list that says whether it was withdrawn is of an earlier time.');
    const bit = await statusIn(list, {
      address: entry.statusListCredential,
      issuer: credential.issuer.id,
      purpose: entry.statusPurpose,
      index: entry.statusListIndex,
    });
    if (bit === null) return notKnown('The list that says whether it was withdrawn has no entry for it.');
    if (bit) {
      const ended = credential.id === undefined ? null : await sources.ended(credential.id);
      return { kind: 'ended', said, why: ended?.why ?? 'revoked', on: ended?.on ?? null };
    }
  }
  return { kind: 'valid', said, asked: at.toISOString() };
};
