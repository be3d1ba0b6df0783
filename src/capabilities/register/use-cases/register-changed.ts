import { z } from 'zod';
import { defineEvent } from '#platform/events/recorded-event.ts';

const change = z.object({
  /** The entry's id. */
  qualification: z.string(),
  what: z.enum(['approval', 'withdrawal', 'offer', 'details', 'provider']),
  /** Of the provider whose offer it is; `null`: it is about all. */
  ukprn: z.string().nullable(),
  /** ISO day from which it holds, which may be to come. */
  from: z.string(),
});

export type RegisterChange = z.infer<typeof change>;

/**
 * Something in the register changed: an approval, a withdrawal, an offer. Recorded in the transaction that changes it and
 * delivered by a job at once; whoever hears it asks the register anew, and does so too on the day that is named.
 */
export const registerChanged = defineEvent('register.changed', change);
