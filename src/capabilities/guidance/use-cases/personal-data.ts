import { addressOf } from '#cap/accounts';
import type { PersonalData } from '#platform/personal-data.ts';
import { pagesOwnedBy, releasePagesOf } from '../store/desk.ts';
import { forgetAddress, requestsOf } from '../store/format-requests.ts';

/** Formats that someone asked for with the address that they sign in with, and that wait for an answer. */
export const formatRequestData: PersonalData = {
  title: 'Formats that you asked for',
  held: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    return address === null
      ? []
      : (await requestsOf(ctx, address)).map((one) => ({
          page: one.page_id,
          wanted: one.wanted,
          details: one.details,
          madeAt: one.made_at,
          due: one.due,
        }));
  },
  erase: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    if (address !== null) await forgetAddress(ctx, address);
  },
};

/** Pages that a person looks after. */
export const ownedPages: PersonalData = {
  title: 'Pages of the guidance that you look after',
  held: pagesOwnedBy,
  erase: releasePagesOf,
};
