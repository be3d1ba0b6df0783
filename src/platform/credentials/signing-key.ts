import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { generate } from '@digitalbazaar/ed25519-multikey';

/** An Ed25519 key in Multikey's words. The secret part is never logged and never kept unsealed. */
export type SigningKey = { readonly publicKeyMultibase: string; readonly secretKeyMultibase: string };

export const makeSigningKey = async (): Promise<SigningKey> => {
  const made = await (await generate({})).export({ publicKey: true, secretKey: true });
  if (made.secretKeyMultibase === undefined) throw new Error('A new key has no secret part');
  return { publicKeyMultibase: made.publicKeyMultibase, secretKeyMultibase: made.secretKeyMultibase };
};

const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key from the operator's secret (HKDF-SHA256, RFC 5869), one salt a sealing. */
const wrappingKey = (secret: string, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, 'htq-signing-key', 32));

/** @param bound what the sealed text belongs to: it opens nowhere else. */
export const seal = (secret: string, text: string, bound: string): Uint8Array => {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(secret, salt), nonce).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
};

/** @returns `null` when it was sealed under another secret, for something else, or was changed. */
export const unseal = (secret: string, sealed: Uint8Array, bound: string): string | null => {
  const bytes = Buffer.from(sealed);
  const salt = bytes.subarray(0, saltBytes);
  const nonce = bytes.subarray(saltBytes, saltBytes + nonceBytes);
  const tag = bytes.subarray(saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey(secret, salt), nonce)
      .setAAD(Buffer.from(bound))
      .setAuthTag(tag);
    const body = bytes.subarray(saltBytes + nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};
