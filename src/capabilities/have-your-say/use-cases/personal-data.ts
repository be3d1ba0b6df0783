import { addressOf } from '#cap/accounts';
import type { PersonalData } from '#platform/personal-data.ts';
import { forget, heldOf } from '../store/enquiries.ts';

export const enquiryData: PersonalData = {
  title: 'What you asked and answered',
  held: async (ctx, person) => heldOf(ctx, person, await addressOf(ctx, person)),
  erase: async (ctx, person) => forget(ctx, person, await addressOf(ctx, person)),
};
