import { z } from 'zod';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import facts from '../../../../data/facts.json' with { type: 'json' };
import { factKinds } from '../domain/fact.ts';
import { addFact, addFactValue } from '../store/facts.ts';

/** `data/facts.json`: what pages of `content/` name, each value with its source. */
const factsFile = z.object({
  facts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(factKinds),
      title: z.string(),
      values: z
        .array(
          z.strictObject({
            value: z.string(),
            href: z.string().optional(),
            note: z.string().default(''),
            source: z.string(),
            from: z.iso.date(),
            until: z.iso.date().optional(),
          }),
        )
        .min(1),
    }),
  ),
});

/** Writes the facts that the guide opens with, before its pages, which name them. */
export const seedFacts = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    const read = factsFile.parse(facts);
    for (const fact of read.facts) {
      await addFact(inside, fact);
      for (const [index, value] of fact.values.entries())
        await addFactValue(inside, fact.id, {
          value: value.value,
          href: value.href ?? null,
          note: value.note,
          source: value.source,
          holdsFrom: value.from,
          holdsUntil: value.until ?? null,
          number: index + 1,
          writtenBy: null,
          confirmedAt: ctx.clock(),
        });
    }
    await recordAct(inside, { name: 'guidance.facts-seeded', after: { facts: read.facts.map((one) => one.id) } });
  });
