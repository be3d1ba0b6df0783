import { z } from 'zod';
import { defineEvent } from '#platform/events/recorded-event.ts';

const change = z.object({
  reference: z.string(),
  /** The version whose record was imported. */
  version: z.string(),
  title: z.string(),
  level: z.number().nullable(),
  /**
   * `revised`: a newer version is approved for delivery. `re-levelled`: its level is another than that of the version that
   * stood before. `retired`: it may not be started any more. `corrected`: the wording under the same version changed.
   */
  what: z.enum(['revised', 're-levelled', 'retired', 'corrected']),
  before: z.object({ version: z.string(), level: z.number().nullable() }),
});

export type StandardChange = z.infer<typeof change>;

/**
 * An import changed a standard that was here before. Recorded in the transaction that writes it; whoever proves against
 * standards, or approves for them, hears it.
 */
export const standardChanged = defineEvent('standards.changed', change);
