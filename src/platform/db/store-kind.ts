import { sql } from 'kysely';
import type { Clock } from '#kernel/clock.ts';
import type { Database, StoreKind } from '../context.ts';
import { StoreProblem } from './store-problem.ts';

/**
 * The store's kind, settled now when the store is new.
 *
 * @param wanted what whoever started the process asked for; `null`: whatever it is, an example when it is new.
 * @throws StoreProblem `other-kind` when the store is settled as something else than asked for.
 */
export const settleStoreKind = async (
  db: Database,
  clock: Clock,
  wanted: StoreKind | null,
): Promise<{ readonly kind: StoreKind; readonly isNew: boolean }> => {
  const inserted = await sql<{ kind: StoreKind }>`
    insert into platform.store_kind (kind, made_at) values (${wanted ?? 'example'}, ${clock()})
    on conflict do nothing returning kind`.execute(db);
  if (inserted.rows[0]) return { kind: inserted.rows[0].kind, isNew: true };
  const { rows } = await sql<{ kind: StoreKind }>`select kind from platform.store_kind`.execute(db);
  const kind = rows[0]?.kind;
  if (!kind) throw new Error('platform.store_kind is empty although its row could not be written');
  if (wanted && wanted !== kind)
    throw new StoreProblem(
      'other-kind',
      `This store was made as ${kind === 'example' ? 'an example store' : 'a store of your own'}, and a store keeps its kind. Set HTQ_DATA to another folder for ${wanted === 'example' ? 'an example store' : 'one of your own'}.`,
    );
  return { kind, isNew: false };
};
