import { demand, NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { dayOf } from '../domain/day.ts';
import type { Assertion } from '../domain/fact.ts';
import type { Entry } from '../domain/register-entry.ts';
import { confirmOffers } from '../policy.ts';
import { enterFacts } from './enter-facts.ts';

/**
 * The awarding organisation's own word that a provider may deliver. It is the second person: the offer was entered by
 * someone else, and counts from this moment. What an editor enters for it is a proposal like any other.
 */
export const confirmOffer = (ctx: Context, entry: Entry, assertions: readonly Assertion[]): Promise<void> => {
  demand(ctx.actor, confirmOffers);
  const { actor } = ctx;
  const isOwn =
    actor.kind === 'person' &&
    actor.memberships.some((one) => one.kind === 'awarding-organisation' && one.name === entry.awardingOrganisation);
  if (!isOwn) throw new NotAllowed(confirmOffers);
  return ctx.transaction(async (inside) => {
    await enterFacts(
      inside,
      assertions,
      { source: `Confirmed by ${entry.awardingOrganisation}`, retrievedOn: dayOf(ctx.clock()) },
      { name: 'register.offer-confirmed', subject: { kind: 'register-entry', id: entry.id } },
    );
  });
};
