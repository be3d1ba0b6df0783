import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { z } from 'zod';
import { ok, type Result, refused } from '#kernel/result.ts';
import { type Controller, credentialContext, loaderOf, UnknownDocument } from './known-documents.ts';

const proofShape = z.looseObject({
  type: z.string(),
  cryptosuite: z.string().optional(),
  proofPurpose: z.string().optional(),
  verificationMethod: z.string().optional(),
});

const address = z.string().min(1);
/** Proofs, types or statuses of one credential; each proof costs the checker milliseconds. */
const mostOfAKind = 20;
const list = <Shape extends z.ZodType>(one: Shape) =>
  z.union([z.array(one).max(mostOfAKind), one.transform((single) => [single])]);

/** Where a credential's status is kept, in the way that is read here; of any other way only its name is known. */
export const statusEntry = z.looseObject({
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.string(),
  statusListIndex: z.union([z.string().regex(/^\d{1,9}$/), z.number().int().nonnegative()]).transform(Number),
  statusListCredential: address,
});

/** As much of a credential as anything here relies on. */
const credentialShape = z.looseObject({
  '@context': z.array(z.unknown()).min(1),
  id: address.optional(),
  type: list(z.string()),
  issuer: z.union([
    address.transform((id) => ({ id, name: undefined })),
    z.looseObject({ id: address, name: z.string().optional() }),
  ]),
  validFrom: z.iso.datetime({ offset: true }).optional(),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  credentialStatus: list(z.looseObject({ type: z.string() })).optional(),
  proof: list(proofShape).optional(),
});
export type ReadCredential = z.infer<typeof credentialShape>;

/**
 * Objects and lists of one credential, and how deep they may lie: ours has about 30, six deep. Its canonical form costs the
 * checker up to a millisecond for each, and whoever sends one need have signed nothing.
 */
const mostParts = 400;
const deepest = 30;

const isTooMuch = (raw: unknown): boolean => {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: raw, depth: 1 }];
  let parts = 0;
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue;
    parts += 1;
    if (parts > mostParts || one.depth > deepest) return true;
    for (const value of Object.values(one.value)) waiting.push({ value, depth: one.depth + 1 });
  }
  return false;
};

/** Parsed JSON as a credential. @returns refused with what it is instead. */
export const readCredential = (raw: unknown): Result<ReadCredential, string> => {
  if (isTooMuch(raw)) return refused('It has more parts than a credential that is checked here');
  const read = credentialShape.safeParse(raw);
  return read.success ? ok(read.data) : refused('It is JSON, and not a Verifiable Credential');
};

/** A credential of an achievement, and not something else that the same issuer signed (Open Badges 3.0, B.1.1). */
export const isBadge = ({ type }: ReadCredential): boolean =>
  type.some((one) => one === 'OpenBadgeCredential' || one === 'AchievementCredential');

/** The cryptosuites that are checked; a proof of another kind beside one of these is passed over. */
const suites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'];

export type SignatureCheck =
  | { readonly kind: 'genuine' }
  /** It is not what was signed, or its key is none that its issuer answers for. */
  | { readonly kind: 'altered'; readonly words: string }
  /** Nothing is known against it, and nothing for it. */
  | { readonly kind: 'not-known'; readonly reason: 'no-signature' | 'key' | 'words'; readonly words: string };

/** Which issuer's keys a credential asks for: its proofs must be its own issuer's. */
export const keysWanted = (credential: ReadCredential): readonly string[] =>
  (credential.proof ?? [])
    .filter((one) => one.type === 'DataIntegrityProof' && suites.includes(one.cryptosuite ?? ''))
    .map((one) => one.verificationMethod ?? '');

/**
 * Checks every proof of a kind that is known here, and wants each to hold: the library itself is content with one.
 *
 * @param raw the credential as it was read, since a signature is over all of it.
 * @param controller who the issuer is and which keys they answer for; `null`: that could not be had.
 */
export const checkSignature = async (
  raw: object,
  credential: ReadCredential,
  controller: Controller | null,
): Promise<SignatureCheck> => {
  const wanted = keysWanted(credential);
  if (wanted.length === 0)
    return {
      kind: 'not-known',
      reason: 'no-signature',
      words: 'It has no signature of a kind that is checked here (eddsa-rdfc-2022 or eddsa-jcs-2022).',
    };
  if (credential['@context'][0] !== credentialContext)
    return {
      kind: 'not-known',
      reason: 'words',
      words: 'It is written in an older form than Verifiable Credentials 2.0, which is not checked here.',
    };
  if (controller === null)
    return {
      kind: 'not-known',
      reason: 'key',
      words: `The keys of its issuer, ${credential.issuer.id}, could not be had.`,
    };
  if (controller.id !== credential.issuer.id) return { kind: 'altered', words: 'Its signature is not its issuer’s.' };
  for (const method of wanted)
    if (!controller.assertionMethod.includes(method) || !controller.verificationMethod.some((one) => one.id === method))
      return { kind: 'altered', words: 'It is signed with a key that its issuer does not answer for.' };
  const { proof: _, ...rest } = raw as { readonly proof?: unknown };
  const result = await verifyCredential({
    // A copy: the library writes into what it is given.
    credential: structuredClone({ ...rest, proof: credential.proof }),
    suite: [
      new DataIntegrityProof({ cryptosuite: rdfc }),
      new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
    ],
    documentLoader: loaderOf([controller]),
    // Whether the day is right is asked apart: what has not begun is no forgery.
    now: new Date(credential.validFrom ?? 0),
    // Whether it still stands is asked apart: "not known" is an answer there.
    checkStatus: async () => ({ verified: true }),
  });
  const results = result.results ?? [];
  if (results.length === wanted.length && results.every((one) => one.verified)) return { kind: 'genuine' };
  const errors = [result.error ?? [], results.flatMap((one) => one.error ?? [])].flat(2);
  const unknown = errors.map(unknownDocument).find((one) => one !== null);
  if (unknown)
    return { kind: 'not-known', reason: 'words', words: `It uses words of ${unknown}, of which no copy is held here.` };
  return { kind: 'altered', words: 'It is not what its issuer signed.' };
};

/** The address of what the loader had no copy of, wherever in the error's causes the library left that. */
const unknownDocument = (error: unknown): string | null => {
  for (let one: unknown = error; one instanceof Error; ) {
    if (one instanceof UnknownDocument) return one.address;
    const { cause, details } = one as { readonly cause?: unknown; readonly details?: { readonly cause?: unknown } };
    one = cause ?? details?.cause;
  }
  return null;
};
