import { LRUCache } from 'lru-cache';
import type { Context, Database } from '../context.ts';

/**
 * What a process keeps of each store that it has open, so that it need not be read again: only what never changes under its key.
 *
 * @param most kept of a store; what was not asked for the longest goes first.
 * @returns what is kept; `null` inside a transaction, which may see what nobody ever will.
 */
export const keptInMemory = <Value extends object>(
  most: number,
): ((ctx: Context) => LRUCache<string, Value> | null) => {
  const stores = new WeakMap<Database, LRUCache<string, Value>>();
  return ({ db, inTransaction }) => {
    if (inTransaction) return null;
    const kept = stores.get(db) ?? new LRUCache<string, Value>({ max: most });
    stores.set(db, kept);
    return kept;
  };
};
