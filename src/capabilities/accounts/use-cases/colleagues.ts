import type { Context } from '#platform/context.ts';
import { findOrganisation, findOrganisationByUkprn, findOrganisationNamed, membersOf } from '../store/organisations.ts';
import { exampleProviderUkprn } from './example-people.ts';

/** Somebody whom a message is written to. */
export type PersonToTell = { readonly person: string; readonly address: string };

export type Colleague = { readonly id: string; readonly name: string };

/** Who belongs to an organisation, by name: whom its work may be given to. */
export const colleaguesOf = async (ctx: Context, organisation: string): Promise<readonly Colleague[]> =>
  (await membersOf(ctx, organisation)).map((one) => ({ id: one.person, name: one.name }));

/** Who leads an organisation: whom a message to it goes to. */
export const leadsOf = async (ctx: Context, organisation: string): Promise<readonly PersonToTell[]> =>
  (await membersOf(ctx, organisation)).flatMap(({ standing, person, address }) =>
    standing === 'lead' && address !== null ? [{ person, address }] : [],
  );

/** The provider of that UKPRN, as far as it is known here. */
export const providerByUkprn = async (
  ctx: Context,
  ukprn: string,
): Promise<{ readonly id: string; readonly name: string } | null> => {
  const found = await findOrganisationByUkprn(ctx, ukprn);
  return found ? { id: found.id, name: found.name } : null;
};

/** The awarding organisation of that name; `null`: it has no account here. */
export const awardingOrganisationNamed = async (
  ctx: Context,
  name: string,
): Promise<{ readonly id: string; readonly name: string } | null> => {
  const found = await findOrganisationNamed(ctx, 'awarding-organisation', name);
  return found ? { id: found.id, name: found.name } : null;
};

/** An organisation's UKPRN; `null`: it has none. */
export const ukprnOf = async (ctx: Context, organisation: string): Promise<string | null> =>
  (await findOrganisation(ctx, organisation))?.ukprn ?? null;

/** The fictional provider of an example store, for the examples that hang on one; `null`: the store has none. */
export const exampleProvider = async (ctx: Context): Promise<string | null> =>
  (await findOrganisationByUkprn(ctx, exampleProviderUkprn))?.id ?? null;
