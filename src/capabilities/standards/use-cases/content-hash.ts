import { createHash } from 'node:crypto';

/** The same value with the keys of every object in alphabetical order. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

/**
 * What says that two records are the same, whatever the order of their keys and the white space between them.
 *
 * @returns SHA-256 in hexadecimal.
 */
export const contentHash = (record: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(record)))
    .digest('hex');
