import { z } from 'zod';
import { defineEvent } from '#platform/events/recorded-event.ts';

/** A mark ended, and those who held it were told: recorded with the messages, for whoever keeps the case. */
export const holdersTold = defineEvent(
  'quality-mark.holders-told',
  z.object({
    qualification: z.string(),
    /** The occupation that the mark was for; `null`: nobody holds the mark for any. */
    occupation: z.string().nullable(),
    provider: z.string(),
    /** Who got a message. */
    people: z.number().int(),
    /** Credentials that stand for the same qualification and occupation, of other offers. */
    remaining: z.number().int(),
  }),
);
