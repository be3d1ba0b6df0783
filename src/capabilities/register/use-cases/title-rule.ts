import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import { wordsIn } from '#kernel/words-in.ts';
import type { Context } from '#platform/context.ts';
import file from '../../../../data/quality-mark.json' with { type: 'json' };

const { titleRules } = z
  .object({
    titleRules: z.array(
      z.object({ from: z.string(), until: z.string().nullable(), words: z.array(z.string()), rule: z.string() }),
    ),
  })
  .parse(file);

/** Why a qualification may not be called so by the rules of today; `null`: it may. A title that stands already is kept as it is. */
export const titleFault = (ctx: Context, title: string): string | null => {
  const on = londonDay(ctx.clock());
  const rule = titleRules.find((one) => one.from <= on && (one.until === null || on <= one.until));
  const [found] = rule ? wordsIn(title, rule.words) : [];
  return rule && found ? `The title holds “${found.words}”. ${rule.rule}` : null;
};
