import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type Context, demandTransaction } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';

/** A value that is about a person, or was typed by one. `person`: whose it is, so that it goes when they do. */
export type PersonalValue = { readonly value: string; readonly person: string | null };

export type Act = {
  /** `accounts.sign-in`: capability and act. */
  readonly name: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  /** The organisation it was done for; by default the one that the actor acts for now. */
  readonly forOrganisation?: string | null;
  /** What stood before and after, without personal values: these go into `personal`. */
  readonly before?: object;
  readonly after?: object;
  /** Kept apart, where it can be erased; the trail itself holds a keyed hash. */
  readonly personal?: Readonly<Record<string, PersonalValue>>;
};

const keyBytes = 32;

/** HMAC-SHA256 under a key that is erased with the value: what is left tells nobody what the value was. */
export const personalHash = (key: Uint8Array, value: string): string =>
  createHmac('sha256', key).update(value).digest('hex');

/**
 * Writes one act into the audit trail, in the act's own transaction.
 *
 * @returns the act's id.
 */
export const recordAct = async (ctx: Context, act: Act): Promise<string> => {
  demandTransaction(ctx, `The record of ${act.name}`);
  const id = randomUUID();
  const { actor } = ctx;
  const personal = Object.entries(act.personal ?? {}).map(([name, { value, person }]) => {
    const key = randomBytes(keyBytes);
    return { act_id: id, name, value, person, key, hash: personalHash(key, value) };
  });
  const tables = ctx.db.withTables<PlatformTables>();
  await tables
    .insertInto('platform.act')
    .values({
      id,
      at: ctx.clock(),
      name: act.name,
      door: ctx.door,
      actor_kind: actor.kind,
      actor: actor.kind === 'person' ? actor.id : actor.kind === 'system' ? actor.name : null,
      for_organisation: act.forOrganisation ?? (actor.kind === 'person' ? actor.actingFor : null),
      subject_kind: act.subject?.kind ?? null,
      subject_id: act.subject?.id ?? null,
      before: act.before ? JSON.stringify(act.before) : null,
      after: act.after ? JSON.stringify(act.after) : null,
      personal:
        personal.length > 0 ? JSON.stringify(Object.fromEntries(personal.map((one) => [one.name, one.hash]))) : null,
    })
    .execute();
  if (personal.length > 0)
    await tables
      .insertInto('platform.act_personal')
      .values(personal.map(({ hash: _, ...row }) => row))
      .execute();
  return id;
};
