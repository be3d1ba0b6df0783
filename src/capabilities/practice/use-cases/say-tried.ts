import { randomUUID } from 'node:crypto';
import type { Membership, Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Tried } from '../domain/example.ts';
import { sayTried } from '../policy.ts';
import { findExample, putTried, removeTried } from '../store/examples.ts';

/** The provider that a person speaks for: the one they act for, or else their first. */
export const speaksFor = (person: Person): Membership | null =>
  person.memberships.find((held) => held.organisation === person.actingFor && held.kind === 'provider') ??
  person.memberships.find((held) => held.kind === 'provider') ??
  null;

/** Somebody's provider does the same, or tried it, and says how it went. Said anew, it replaces what they said. */
export const sayHowItWent = async (
  ctx: Context,
  person: Person,
  example: string,
  said: Pick<Tried, 'doesIt' | 'outcome' | 'cost' | 'text'>,
): Promise<boolean> => {
  demand(ctx.actor, sayTried);
  return ctx.transaction(async (inside) => {
    const one = await findExample(inside, example);
    const provider = speaksFor(person);
    if (one?.state !== 'published' || !provider) return false;
    await putTried(inside, example, person.id, {
      ...said,
      id: randomUUID(),
      organisation: provider.organisation,
      provider: provider.name,
      at: ctx.clock(),
    });
    await recordAct(inside, {
      name: 'practice.tried',
      subject: { kind: 'practice-example', id: example },
      after: { doesIt: said.doesIt, outcome: said.outcome },
    });
    return true;
  });
};

/** Takes back what the person's provider said. */
export const takeBackTried = (ctx: Context, person: Person, example: string): Promise<void> => {
  demand(ctx.actor, sayTried);
  return ctx.transaction(async (inside) => {
    const provider = speaksFor(person);
    if (!provider || !(await removeTried(inside, example, provider.organisation))) return;
    await recordAct(inside, { name: 'practice.tried-taken-back', subject: { kind: 'practice-example', id: example } });
  });
};
