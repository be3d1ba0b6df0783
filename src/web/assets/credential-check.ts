/**
 * Checks a signed credential with what a browser has: no library, no network. The proof is `eddsa-jcs-2022` (W3C Data Integrity
 * EdDSA Cryptosuites 1.0, 3.3): JSON in the canonical form of RFC 8785, SHA-256, Ed25519. Decision 0009 says why.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export type KnownController = {
  readonly id: string;
  readonly assertionMethod: readonly string[];
  readonly verificationMethod: readonly { readonly id: string; readonly publicKeyMultibase: string }[];
};

export type LocalCheck =
  | 'genuine'
  | 'altered'
  /** It was signed by someone whose keys this page does not have. */
  | 'other-issuer'
  /** It has no proof of this kind. */
  | 'no-proof'
  /** This browser has no Ed25519. */
  | 'not-here';

/** RFC 8785: keys in the order of their UTF-16 units; numbers and strings as JavaScript itself writes them. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value as JsonObject)
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
      .join(',')}}`;
  return JSON.stringify(value);
};

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Multibase "z": base58btc. @returns `null` when it is none, or longer than anything here is. */
export const fromBase58 = (text: string): Uint8Array<ArrayBuffer> | null => {
  if (!text.startsWith('z') || text.length > 200) return null;
  const bytes: number[] = [];
  for (const letter of text.slice(1)) {
    let carry = alphabet.indexOf(letter);
    if (carry < 0) return null;
    for (let at = 0; at < bytes.length; at += 1) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  for (const letter of text.slice(1)) {
    if (letter !== '1') break;
    bytes.push(0);
  }
  return new Uint8Array(bytes.reverse());
};

const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Json];

export const issuerOf = (credential: JsonObject): string => {
  const { issuer } = credential;
  return typeof issuer === 'string' ? issuer : isObject(issuer) && typeof issuer.id === 'string' ? issuer.id : '';
};

/** A credential of an achievement, and not something else that the same issuer signed, such as its status list (Open Badges 3.0, B.1.1). */
export const isBadge = ({ type }: JsonObject): boolean =>
  listOf(type).some((one) => one === 'OpenBadgeCredential' || one === 'AchievementCredential');

/** Where a moment lies in the time for which something says that it holds. @param at milliseconds. */
export const timeOf = ({ validFrom, validUntil }: JsonObject, at: number): 'before' | 'within' | 'after' => {
  if (typeof validFrom === 'string' && Date.parse(validFrom) > at) return 'before';
  return typeof validUntil === 'string' && Date.parse(validUntil) < at ? 'after' : 'within';
};

export const checkLocally = async (credential: JsonObject, controller: KnownController): Promise<LocalCheck> => {
  if (issuerOf(credential) !== controller.id) return 'other-issuer';
  const { proof: proofs, ...document } = credential;
  const proof = listOf(proofs).find((one) => isObject(one) && one.cryptosuite === 'eddsa-jcs-2022');
  if (!isObject(proof)) return 'no-proof';
  const { proofValue, ...options } = proof;
  const method = controller.verificationMethod.find((one) => one.id === options.verificationMethod);
  if (!method || !controller.assertionMethod.includes(method.id)) return 'altered';
  if (options.type !== 'DataIntegrityProof' || options.proofPurpose !== 'assertionMethod') return 'altered';
  const contexts = listOf(options['@context']);
  if (contexts.some((one, at) => canonical(one) !== canonical(listOf(document['@context'])[at] ?? null)))
    return 'altered';
  const signature = typeof proofValue === 'string' ? fromBase58(proofValue) : null;
  // Multikey: two bytes say Ed25519, 32 are the key.
  const key = fromBase58(method.publicKeyMultibase);
  if (signature?.length !== 64 || key?.length !== 34) return 'altered';
  const secured = options['@context'] === undefined ? document : { ...document, '@context': options['@context'] };
  const hashes = new Uint8Array(64);
  hashes.set(await sha256(canonical(options)), 0);
  hashes.set(await sha256(canonical(secured)), 32);
  const imported = await crypto.subtle
    .importKey('raw', key.slice(2), { name: 'Ed25519' }, false, ['verify'])
    .catch(() => null);
  if (imported === null) return 'not-here';
  return (await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, hashes)) ? 'genuine' : 'altered';
};

const unpacked = async (bytes: Uint8Array<ArrayBuffer>, format: 'gzip' | 'deflate'): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format))).arrayBuffer(),
  );

/**
 * The bit of one entry in a status list (Bitstring Status List 1.0, 3.2).
 *
 * @param entry the credential's own `credentialStatus`.
 * @returns `null`: it is not the list that the entry names, or has no such place.
 */
export const statusBit = async (list: JsonObject, entry: JsonObject): Promise<boolean | null> => {
  const subject = list.credentialSubject;
  const index = Number(entry.statusListIndex);
  if (entry.type !== 'BitstringStatusListEntry' || list.id !== entry.statusListCredential || !(index >= 0)) return null;
  if (!listOf(list.type).includes('BitstringStatusListCredential') || !isObject(subject)) return null;
  if (subject.statusPurpose !== entry.statusPurpose || typeof subject.encodedList !== 'string') return null;
  const text = subject.encodedList.replace(/^u/, '').replaceAll('-', '+').replaceAll('_', '/');
  const packed = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const bits = await unpacked(packed, 'gzip');
  const byte = bits[index >> 3];
  return byte === undefined ? null : ((byte >> (7 - (index & 7))) & 1) === 1;
};

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
export const isPng = (bytes: Uint8Array): boolean => signature.every((one, at) => bytes[at] === one);

/** Whether a PNG is there to its last chunk (PNG 3rd edition, 11.2.5): half a picture is no picture of a mark. */
export const isWholePng = (bytes: Uint8Array<ArrayBuffer>): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return false;
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'IEND') return true;
    at = end;
  }
  return false;
};

/** The text of the credential in a PNG (Open Badges 3.0, 5.3.1). @returns `null`: there is none. */
export const credentialInPng = async (bytes: Uint8Array<ArrayBuffer>): Promise<string | null> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const latin = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return null;
    const keyword = 'openbadgecredential\0';
    if (latin(at + 4, at + 8) === 'iTXt' && latin(at + 8, at + 8 + keyword.length) === keyword) {
      const flags = at + 8 + keyword.length;
      const text = bytes.indexOf(0, bytes.indexOf(0, flags + 2) + 1) + 1;
      const body = bytes.slice(text, end);
      return new TextDecoder().decode(bytes[flags] === 1 ? await unpacked(body, 'deflate') : body);
    }
    at = end + 4;
  }
  return null;
};
