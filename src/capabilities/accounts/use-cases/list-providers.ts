import type { Context } from '#platform/context.ts';
import { listProviders } from '../store/providers.ts';

export type ListedProvider = Awaited<ReturnType<typeof listProviders>>[number];

/** Every provider with a UKPRN, by name: for matching lists that name providers in words. */
export const allProviders = (ctx: Context): Promise<readonly ListedProvider[]> => listProviders(ctx);
