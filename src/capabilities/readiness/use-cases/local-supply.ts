import { allProviders, ukprnOf } from '#cap/accounts';
import { findRegisterOffers, type RegisterKind, type RegisterOffer, registerKind } from '#cap/register';
import type { Referred } from '#kernel/reference.ts';
import { slugOf } from '#kernel/slug.ts';
import type { Context } from '#platform/context.ts';
import type { Plan } from '../domain/plan.ts';
import { todayIn } from './today.ts';

/** Who already teaches something of a plan's route, by the register of this instance, and what employers ask for in it. */
export type LocalSupply = {
  /** What the register is: the source, or a copy as at a day. */
  readonly register: RegisterKind;
  /** The provider's own region; `null`: not known here. */
  readonly region: string | null;
  /** Other providers' offers that stand today: those of the region first. */
  readonly offers: readonly (RegisterOffer & { readonly near: boolean })[];
  /** What employers ask for, where this instance records it. */
  readonly asks: Referred | null;
};

export const localSupply = async (ctx: Context, plan: Pick<Plan, 'organisation' | 'route'>): Promise<LocalSupply> => {
  const on = todayIn(ctx);
  const ukprn = await ukprnOf(ctx, plan.organisation);
  const offers = await findRegisterOffers(ctx, { route: plan.route, on });
  const own = offers.find((one) => one.provider.ukprn === ukprn);
  const region = own?.provider.region ?? (await allProviders(ctx)).find((one) => one.ukprn === ukprn)?.region ?? null;
  return {
    register: await registerKind(ctx),
    region,
    asks: await ctx.references.find(ctx, {
      kind: 'local-need',
      id: region ? `${slugOf(plan.route)}/${slugOf(region)}` : slugOf(plan.route),
    }),
    offers: offers
      .filter((one) => one.provider.ukprn !== ukprn)
      .map((one) => ({ ...one, near: region !== null && one.provider.region === region }))
      .toSorted(
        (one, other) =>
          Number(other.near) - Number(one.near) || one.provider.name.localeCompare(other.provider.name, 'en'),
      ),
  };
};
