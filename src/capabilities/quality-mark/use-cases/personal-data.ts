import type { PersonalData } from '#platform/personal-data.ts';
import { acceptancesOf, forgetAccepter } from '../store/acceptances.ts';
import { forgetLoader } from '../store/guidelines.ts';

export const markData: PersonalData = {
  title: 'Terms of the quality mark that you accepted',
  held: async (ctx, person) =>
    (await acceptancesOf(ctx, person)).map(({ ukprn, terms, name, role, acceptedAt }) => ({
      ukprn,
      terms,
      name,
      role,
      acceptedAt,
    })),
  erase: async (ctx, person) => {
    await forgetAccepter(ctx, person);
    await forgetLoader(ctx, person);
  },
};
