import { checkedBy, colleaguesOf } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Example } from '../domain/example.ts';
import { type ChangedWords, isOwn, noContact } from '../domain/moderation.ts';
import { moderate } from '../policy.ts';
import { listFiles, setHeldBack } from '../store/example-files.ts';
import { changeExample, findExample, lockExample } from '../store/examples.ts';
import { addRedaction } from '../store/moderation.ts';
import { makeFindable } from './findable.ts';
import { publishNow, standNow, tellSender } from './share.ts';

export { findExample, listAlike, listFromSame, listWaiting } from '../store/examples.ts';
export { listRedactions } from '../store/moderation.ts';

export type Decision =
  | { readonly kind: 'approve' }
  /** Back to whoever sent it, with what to change. */
  | { readonly kind: 'ask'; readonly note: string }
  /** Published once whoever sent it has seen what was changed. */
  | {
      readonly kind: 'redact';
      readonly note: string;
      readonly text: ChangedWords;
      /** The name and the address of who can be asked go. */
      readonly withoutContact: boolean;
      /** Why each file is held back, by its id; empty: readers have it. */
      readonly heldBack: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'decline'; readonly note: string };

export type DecisionRefusal =
  | 'unknown'
  | 'decided'
  | 'changed'
  | 'nobody-to-ask'
  | 'needs-second-person'
  | 'others-can';

/** Whether a moderator may decide: nobody does on what they or their own organisation sent in, where others can. */
const mayDecide = async (ctx: Context, one: Example, person: Person) => {
  let own = isOwn(one, person);
  // Whoever sent it may belong to several, and have acted for none.
  for (const { organisation } of person.memberships)
    own ||= one.person !== null && (await colleaguesOf(ctx, organisation)).some((each) => each.id === one.person);
  return checkedBy(ctx, own ? person.id : (one.person ?? ''), person.id, 'moderator');
};

/** Whether nobody stands behind it who could be asked: an illustration, or an example whose sender has left. */
export const isNobodys = (one: Pick<Example, 'person' | 'address'>): boolean =>
  one.person === null && one.address === null;

/** A moderator confirms for another year what nobody stands behind: else what a new instance opens with leaves the search for good. */
export const confirmForNobody = (ctx: Context, person: Person, id: string): Promise<boolean> => {
  demand(ctx.actor, moderate);
  return ctx.transaction(async (inside) => {
    const one = await lockExample(inside, id);
    if (one?.state !== 'published' || !isNobodys(one)) return false;
    if ((await mayDecide(inside, one, person)).kind === 'refused') return false;
    await standNow(inside, one);
    return true;
  });
};

/** Puts down why files are held back, and lets those go that no longer are. */
const holdBack = async (ctx: Context, example: string, heldBack: ReadonlyMap<string, string>): Promise<void> => {
  for (const file of await listFiles(ctx, example)) {
    const reason = heldBack.get(file.id) || null;
    if (reason !== file.heldBack) await setHeldBack(ctx, file.id, reason);
  }
};

/**
 * Decides on what waits, and on what was published: that leaves readers until it is settled.
 *
 * @param revision of the example that the moderator looked at.
 */
export const decide = (
  ctx: Context,
  person: Person,
  id: string,
  revision: number,
  decision: Decision,
): Promise<Result<void, DecisionRefusal>> => {
  demand(ctx.actor, moderate);
  return ctx.transaction(async (inside) => {
    const one = await lockExample(inside, id);
    if (!one) return refused('unknown');
    const published = one.state === 'published' && decision.kind !== 'approve';
    if (one.state !== 'waiting' && !published) return refused('decided');
    const nobody = isNobodys(one);
    if (nobody && decision.kind === 'ask') return refused('nobody-to-ask');
    if (one.revision !== revision) return refused('changed');
    const check = await mayDecide(inside, one, person);
    if (check.kind === 'refused') return refused(check.reason);
    const decidedBy = person.id;
    const { title } = one.text;
    switch (decision.kind) {
      case 'approve':
        await changeExample(inside, id, { decidedBy });
        await publishNow(inside, one);
        await tellSender(
          inside,
          one,
          `Published: ${title}`,
          `“${title}” is published. Thank you.`,
          'See it, or take it back',
        );
        break;
      case 'ask':
        await changeExample(inside, id, { state: 'asked', note: decision.note, decidedBy });
        await tellSender(inside, one, `Before it is published: ${title}`, decision.note, 'Change it and send it again');
        break;
      case 'redact':
        {
          const text = { ...one.text, ...decision.text, ...(decision.withoutContact ? noContact : {}) };
          await addRedaction(inside, id, person.id, { reason: decision.note, before: one.text, after: text });
          await holdBack(inside, id, decision.heldBack);
          await changeExample(inside, id, {
            state: nobody ? one.state : 'shown',
            note: decision.note,
            text,
            decidedBy,
          });
        }
        await tellSender(
          inside,
          one,
          `Changed before it is published: ${title}`,
          `A moderator changed something: ${decision.note}`,
          'See what it says now, and agree',
        );
        break;
      case 'decline':
        await changeExample(inside, id, { state: 'declined', note: decision.note, decidedBy });
        await tellSender(inside, one, `Not published: ${title}`, decision.note, 'See it');
        break;
    }
    const now = await findExample(inside, id);
    if (now) await makeFindable(inside, now);
    await recordAct(inside, {
      name: 'practice.decided',
      subject: { kind: 'practice-example', id },
      after: { decision: decision.kind, checked: check.kind },
    });
    return ok(undefined);
  });
};
