import { checkedBy } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Example, ExampleText } from '../domain/example.ts';
import { moderate } from '../policy.ts';
import { addRedaction, changeExample, lockExample } from '../store/examples.ts';
import { publishNow, tellSender } from './share.ts';

export { findExample, listFromSame, listRedactions, listWaiting } from '../store/examples.ts';

export type Decision =
  | { readonly kind: 'approve' }
  /** Back to whoever sent it, with what to change. */
  | { readonly kind: 'ask'; readonly note: string }
  /** Published once whoever sent it has seen what was changed. */
  | { readonly kind: 'redact'; readonly note: string; readonly text: Partial<ExampleText> }
  | { readonly kind: 'decline'; readonly note: string };

export type DecisionRefusal = 'unknown' | 'decided' | 'changed' | 'needs-second-person' | 'others-can';

/** Whether a moderator may decide: nobody does on what they or their own organisation sent in, where others can. */
const mayDecide = (ctx: Context, one: Example, person: Person) => {
  const own =
    one.person === person.id ||
    (one.organisation !== null && person.memberships.some((held) => held.organisation === one.organisation));
  return checkedBy(ctx, own ? person.id : (one.person ?? ''), person.id, 'moderator');
};

/** @param revision of the example that the moderator looked at. */
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
    if (one.state !== 'waiting') return refused('decided');
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
        await addRedaction(inside, id, person.id, decision.note, one.text);
        await changeExample(inside, id, {
          state: 'shown',
          note: decision.note,
          text: { ...one.text, ...decision.text },
          decidedBy,
        });
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
    await recordAct(inside, {
      name: 'practice.decided',
      subject: { kind: 'practice-example', id },
      after: { decision: decision.kind, checked: check.kind },
    });
    return ok(undefined);
  });
};
