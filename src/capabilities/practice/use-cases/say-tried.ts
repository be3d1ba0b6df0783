import { randomUUID } from 'node:crypto';
import { addressOf, checkedBy } from '#cap/accounts';
import type { Membership, Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Tried } from '../domain/example.ts';
import { examplePath, saidPath } from '../paths.ts';
import { moderate, sayTried } from '../policy.ts';
import { findExample } from '../store/examples.ts';
import { lockTried, putTried, removeTried, setLeftOut } from '../store/tried.ts';
import { tellModerators } from './tell-moderators.ts';

export { findTried } from '../store/tried.ts';

/**
 * Somebody's provider does the same, or tried it, and says how it went. Said anew, it replaces what they said; what a moderator has
 * taken out stays out until one has read it again.
 *
 * @returns false where the example is not there, or is the provider's own.
 */
export const sayHowItWent = async (
  ctx: Context,
  person: Person,
  provider: Membership,
  example: string,
  said: Pick<Tried, 'doesIt' | 'outcome' | 'cost' | 'text'>,
): Promise<boolean> => {
  demand(ctx.actor, sayTried);
  return ctx.transaction(async (inside) => {
    const one = await findExample(inside, example);
    if (one?.state !== 'published' || one.organisation === provider.organisation) return false;
    const put = await putTried(inside, {
      ...said,
      example,
      person: person.id,
      id: randomUUID(),
      organisation: provider.organisation,
      provider: provider.name,
      at: ctx.clock(),
    });
    if (put.leftOut !== null)
      await tellModerators(inside, `Said anew by ${provider.name}: ${one.text.title}`, {
        words: `${provider.name} has said anew how “${one.text.title}” went. What it said before was taken out.`,
        link: 'Read it',
        path: saidPath(put.id),
      });
    await recordAct(inside, {
      name: 'practice.tried',
      subject: { kind: 'practice-example', id: example },
      after: { doesIt: said.doesIt, outcome: said.outcome },
    });
    return true;
  });
};

/** Takes back what a provider said. */
export const takeBackTried = (ctx: Context, provider: Membership, example: string): Promise<void> => {
  demand(ctx.actor, sayTried);
  return ctx.transaction(async (inside) => {
    if (!(await removeTried(inside, example, provider.organisation))) return;
    await recordAct(inside, { name: 'practice.tried-taken-back', subject: { kind: 'practice-example', id: example } });
  });
};

export type SaidRefusal = 'unknown' | 'changed' | 'needs-second-person' | 'others-can';

/**
 * Takes out what a provider says of an example, or puts it back. Whoever said it is told.
 *
 * @param seen when it was said, as the moderator has read it.
 * @param leftOut the reason, which is kept; `null`: readers have it.
 */
export const decideOnSaid = (
  ctx: Context,
  person: Person,
  id: string,
  seen: Date,
  leftOut: string | null,
): Promise<Result<void, SaidRefusal>> => {
  demand(ctx.actor, moderate);
  return ctx.transaction(async (inside) => {
    const one = await lockTried(inside, id);
    if (!one) return refused('unknown');
    if (one.at.getTime() !== seen.getTime()) return refused('changed');
    const own = one.person === person.id || person.memberships.some((held) => held.organisation === one.organisation);
    const check = await checkedBy(inside, own ? person.id : (one.person ?? ''), person.id, 'moderator');
    if (check.kind === 'refused') return refused(check.reason);
    await setLeftOut(inside, id, person.id, leftOut);
    const address = one.person ? await addressOf(inside, one.person) : null;
    if (address !== null)
      await sendMail(inside, {
        name: 'practice.said-decided',
        to: { address, name: null },
        person: one.person,
        subject: leftOut === null ? 'What you said of an example is shown' : 'What you said of an example is taken out',
        body: [
          {
            kind: 'text',
            text:
              leftOut === null
                ? `What ${one.provider} said of how it went is there for everyone to read.`
                : `A moderator took out what ${one.provider} said of how it went: ${leftOut}`,
          },
          { kind: 'link', text: 'See the example', href: `${ctx.address}${examplePath(one.example)}` },
        ],
      });
    await recordAct(inside, {
      name: 'practice.said-decided',
      subject: { kind: 'practice-example', id: one.example },
      after: { shown: leftOut === null, checked: check.kind },
    });
    return ok(undefined);
  });
};
