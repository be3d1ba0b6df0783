import { londonDay } from '#kernel/london-time.ts';
import { demand, NotAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import type { Assertion } from '../domain/fact.ts';
import type { Entry } from '../domain/register-entry.ts';
import { confirmOffers } from '../policy.ts';
import { lockRegister } from '../store/facts.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { enterFacts } from './enter-facts.ts';

/**
 * The awarding organisation's own word that a provider may deliver. It is the second person: the offer was entered by
 * someone else, and counts from this moment. What an editor enters for it is a proposal like any other.
 *
 * @param read when the offer that is confirmed was read: one that has changed since is not the one that was seen.
 */
export const confirmOffer = (
  ctx: Context,
  entry: Entry,
  assertions: readonly Assertion[],
  read: Date,
): Promise<Result<void, 'changed'>> => {
  demand(ctx.actor, confirmOffers);
  const { actor } = ctx;
  const isOwn =
    actor.kind === 'person' &&
    actor.memberships.some((one) => one.kind === 'awarding-organisation' && one.name === entry.awardingOrganisation);
  if (!isOwn) throw new NotAllowed(confirmOffers);
  return ctx.transaction(async (inside) => {
    await lockRegister(inside);
    if (await changedMeanwhile(inside, assertions, read)) return refused('changed');
    await enterFacts(
      inside,
      assertions,
      { source: `Confirmed by ${entry.awardingOrganisation}`, retrievedOn: londonDay(ctx.clock()) },
      { name: 'register.offer-confirmed', subject: { kind: 'register-entry', id: entry.id } },
    );
    return ok(undefined);
  });
};
