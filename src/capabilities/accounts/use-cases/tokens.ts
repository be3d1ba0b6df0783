import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as text for an address or a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the store keeps of a token: with 256 random bits behind it, a plain hash cannot be turned round. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Six digits, each equally likely. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** A code has too few bits to be hashed alone: the secret that only the browser's cookie holds makes up for it. */
export const hashCode = (secret: string, code: string): string => hashToken(`${secret} ${code}`);

export const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
