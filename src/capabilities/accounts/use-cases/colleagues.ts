import type { Context } from '#platform/context.ts';
import { findOrganisationByUkprn, membersOf } from '../store/organisations.ts';
import { exampleProviderUkprn } from './example-people.ts';

export type Colleague = { readonly id: string; readonly name: string };

/** Who belongs to an organisation, by name: whom its work may be given to. */
export const colleaguesOf = async (ctx: Context, organisation: string): Promise<readonly Colleague[]> =>
  (await membersOf(ctx, organisation)).map((one) => ({ id: one.person, name: one.name }));

/** The fictional provider of an example store, for the examples that hang on one; `null`: the store has none. */
export const exampleProvider = async (ctx: Context): Promise<string | null> =>
  (await findOrganisationByUkprn(ctx, exampleProviderUkprn))?.id ?? null;
