import { addressOf, colleaguesOf, leadsOf } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { daysAfter, dayWords, londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Statement } from '../domain/statement.ts';
import { newStatementPath, statementsPath } from '../paths.ts';
import { moderate, sayTried } from '../policy.ts';
import {
  addStatement,
  deleteEnded,
  findStatement,
  listEnded,
  listStanding,
  setEnd,
  setWithdrawn,
  takeEnding,
} from '../store/statements.ts';

const today = (ctx: Context): string => londonDay(ctx.clock());

export const standingStatements = (ctx: Context): Promise<readonly Statement[]> => listStanding(ctx, today(ctx));

/** What has ended of a person's own providers: they alone see it, and can prolong it, until it is deleted. */
export const endedStatements = (ctx: Context, { memberships }: Person): Promise<readonly Statement[]> =>
  listEnded(
    ctx,
    memberships.map((held) => held.organisation),
    today(ctx),
  );

/** @param id made with the form. */
export const makeStatement = (
  ctx: Context,
  person: Person,
  one: Pick<Statement, 'id' | 'organisation' | 'text' | 'approver' | 'approverRole' | 'endsOn'>,
): Promise<boolean> => {
  demand(ctx.actor, sayTried);
  const provider = person.memberships.find(
    (held) => held.organisation === one.organisation && held.kind === 'provider',
  );
  if (!provider) return Promise.resolve(false);
  return ctx.transaction(async (inside) => {
    if (await addStatement(inside, { ...one, provider: provider.name, person: person.id }))
      await recordAct(inside, {
        name: 'practice.stated',
        subject: { kind: 'statement', id: one.id },
        after: { organisation: one.organisation, endsOn: one.endsOn },
      });
    return true;
  });
};

/** The statement, for whoever belongs to its provider. */
const mine = async (ctx: Context, person: Person, id: string): Promise<Statement | null> => {
  const one = await findStatement(ctx, id);
  return one && person.memberships.some((held) => held.organisation === one.organisation) ? one : null;
};

/** Gone from that moment. */
export const withdrawStatement = (ctx: Context, person: Person, id: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    if (!(await mine(inside, person, id))) return false;
    await setWithdrawn(inside, id);
    await recordAct(inside, { name: 'practice.statement-withdrawn', subject: { kind: 'statement', id } });
    return true;
  });

/** The provider agrees for longer. */
export const prolongStatement = (ctx: Context, person: Person, id: string, endsOn: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    if (!(await mine(inside, person, id))) return false;
    await setEnd(inside, id, endsOn);
    await recordAct(inside, {
      name: 'practice.statement-prolonged',
      subject: { kind: 'statement', id },
      after: { endsOn },
    });
    return true;
  });

/**
 * A moderator takes out what cannot stand here. Gone from that moment; whoever brought it, or who leads the provider, is told why,
 * and the audit trail keeps the reason.
 */
export const takeOutStatement = (ctx: Context, id: string, reason: string): Promise<boolean> => {
  demand(ctx.actor, moderate);
  return ctx.transaction(async (inside) => {
    const one = await findStatement(inside, id);
    if (!one) return false;
    await setWithdrawn(inside, id);
    for (const { person, address } of await whomToTell(inside, one))
      await sendMail(inside, {
        name: 'practice.statement-taken-out',
        to: { address, name: null },
        person,
        subject: 'Your provider’s statement is taken out',
        body: [
          { kind: 'text', text: `A moderator took out what ${one.provider} says of why it offers HTQs: ${reason}` },
          { kind: 'link', text: 'Say it anew', href: `${ctx.address}${newStatementPath}` },
        ],
      });
    await recordAct(inside, {
      name: 'practice.statement-taken-out',
      subject: { kind: 'statement', id },
      after: { organisation: one.organisation, reason },
    });
    return true;
  });
};

/** Days before the end on which whoever brought it is reminded. */
const remindDays = 28;
/** Days after the end for which it is kept, so that it can still be prolonged. */
export const keptDays = 30;

/** Whoever brought it, while they belong to the provider; else those who lead it. */
const whomToTell = async (ctx: Context, { person, organisation }: Statement) => {
  const there = person !== null && (await colleaguesOf(ctx, organisation)).some((one) => one.id === person);
  const address = there ? await addressOf(ctx, person) : null;
  return there && address !== null ? [{ person, address }] : leadsOf(ctx, organisation);
};

/** Reminds of statements that are about to end, and deletes those that are over. @returns how many were reminded. */
export const remindStatements = async (ctx: Context): Promise<number> => {
  const now = today(ctx);
  return ctx.transaction(async (inside) => {
    await deleteEnded(inside, daysAfter(now, -keptDays));
    const ending = await takeEnding(inside, now, daysAfter(now, remindDays));
    for (const one of ending)
      for (const { person, address } of await whomToTell(inside, one))
        await sendMail(inside, {
          name: 'practice.statement-ends',
          to: { address, name: null },
          person,
          subject: `Your provider’s statement ends on ${dayWords(one.endsOn)}`,
          body: [
            {
              kind: 'text',
              text: `What ${one.provider} says of why it offers HTQs is shown until ${dayWords(one.endsOn)}. Prolong it, or let it end.`,
            },
            { kind: 'link', text: 'See it', href: `${ctx.address}${statementsPath}` },
          ],
        });
    return ending.length;
  });
};
