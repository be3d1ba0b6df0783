import { z } from 'zod';
import data from '../../../../data/provider-reasons-2021.json' with { type: 'json' };

/**
 * What four providers told in 2021 of why they offer HTQs, summarised by this project. Told apart from statements, which a
 * provider approved here: these have no approver, no consent and no end.
 */
export const providerReasons = z
  .object({
    source: z.string(),
    published: z.iso.date(),
    updated: z.iso.date(),
    reasons: z.array(z.object({ id: z.string(), provider: z.string(), summary: z.string() })).min(1),
  })
  .parse(data);
