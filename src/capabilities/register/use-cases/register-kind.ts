import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { setNature } from '../policy.ts';
import { addNature, natureHistory, type StoredNature } from '../store/nature.ts';

/** Whether this register is the source, or a copy of a named one as at a day. Only an authority signs credentials. */
export type RegisterKind =
  | { readonly kind: 'authority' }
  | { readonly kind: 'copy'; readonly of: string; readonly asAt: string };

/** What an instance says until an administrator has said what it is. */
const unnamed = 'a register that nobody has named yet';

const asKind = (stored: StoredNature | undefined, today: string): RegisterKind =>
  stored?.kind === 'authority'
    ? { kind: 'authority' }
    : { kind: 'copy', of: stored?.of ?? unnamed, asAt: stored?.asAt ?? today };

export const registerKind = async (ctx: Context): Promise<RegisterKind> =>
  asKind((await natureHistory(ctx))[0], londonDay(ctx.clock()));

export const registerKindHistory = natureHistory;

/** Says what this register is, from now on. For administrators; the trail has what it was before. */
export const setRegisterKind = async (ctx: Context, kind: RegisterKind): Promise<void> => {
  demand(ctx.actor, setNature);
  await ctx.transaction((inside) => writeKind(inside, kind));
};

/** In the transaction of an act that has the right to: an import that brings a newer copy, the making of the store. */
export const writeKind = async (ctx: Context, kind: RegisterKind): Promise<void> => {
  const before = await registerKind(ctx);
  if (JSON.stringify(before) === JSON.stringify(kind) && (await natureHistory(ctx)).length > 0) return;
  const { actor } = ctx;
  await addNature(
    ctx,
    { kind: kind.kind, of: kind.kind === 'copy' ? kind.of : null, asAt: kind.kind === 'copy' ? kind.asAt : null },
    actor.kind === 'person' ? actor.id : actor.kind === 'system' ? actor.name : 'visitor',
  );
  await recordAct(ctx, { name: 'register.kind-set', before, after: kind });
};
