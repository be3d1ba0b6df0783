import type { PersonalData } from '#platform/personal-data.ts';
import { deleteSubscriptionsOf, subscriptionsOf } from '#platform/subscriptions/keep-subscriptions.ts';
import { addressOf } from './my-data.ts';

/** Subscriptions of the address that a person signs in with. */
export const subscriptionData: PersonalData = {
  title: 'What you are told of by email',
  held: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    return address === null ? [] : (await subscriptionsOf(ctx, address)).map(({ token: _, ...one }) => one);
  },
  erase: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    if (address !== null) await deleteSubscriptionsOf(ctx, address);
  },
};
