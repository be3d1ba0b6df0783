import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { counted, day } from '#web/words.ts';
import { entryPath, providerPath, registerPath } from '../../register/paths.ts';
import type { Plan } from '../domain/plan.ts';
import { localSupply } from '../use-cases/local-supply.ts';

export type SupplyModel = {
  readonly words: readonly string[];
  readonly rows: readonly {
    readonly provider: string;
    readonly providerHref: string;
    readonly place: string;
    readonly near: boolean;
    readonly qualification: string;
    readonly href: string;
    readonly firstTeach: string;
  }[];
  readonly more: number;
  readonly registerHref: string;
  readonly asks: Referred | null;
};

/** Offers in the table: the register has the rest. */
const mostRows = 15;

export const supplyModel = async (ctx: Context, plan: Plan): Promise<SupplyModel> => {
  const { register, region, offers, asks } = await localSupply(ctx, plan);
  const near = new Set(offers.filter((one) => one.near).map((one) => one.provider.ukprn)).size;
  const all = new Set(offers.map((one) => one.provider.ukprn)).size;
  const source =
    register.kind === 'authority'
      ? 'By the register of this instance.'
      : `By this instance’s copy of ${register.of}, as at ${day(register.asAt)}.`;
  return {
    words: [
      offers.length === 0
        ? `No other provider teaches an HTQ of the route ${plan.route}.`
        : region === null
          ? `${counted(all, 'other provider teaches', 'other providers teach')} an HTQ of the route ${plan.route}. Your own region is not known here.`
          : `${near === 0 ? 'No other provider' : counted(near, 'other provider', 'other providers')} in your region (${region}) and ${all - near} elsewhere ${all === 1 ? 'teaches' : 'teach'} an HTQ of the route ${plan.route}.`,
      source,
    ],
    rows: offers.slice(0, mostRows).map((one) => ({
      provider: one.provider.name,
      providerHref: providerPath(one.provider.ukprn),
      place: [one.provider.town, one.provider.region].filter(Boolean).join(', '),
      near: one.near,
      qualification: one.qualification.title,
      href: entryPath(one.qualification.id),
      firstTeach: one.firstTeach ? day(one.firstTeach) : 'Not said',
    })),
    more: Math.max(0, offers.length - mostRows),
    asks,
    registerHref: registerPath(new URLSearchParams({ route: plan.route })),
  };
};
