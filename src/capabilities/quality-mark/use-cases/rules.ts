import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import file from '../../../../data/quality-mark.json' with { type: 'json' };
import { type MarkRules, markRulesFile, rulesOn } from '../domain/mark-rules.ts';

const rules = markRulesFile.parse(file);

/** The day on which an act happens, as the register counts days. */
export const today = (ctx: Context): string => londonDay(ctx.clock());

/** What holds of the mark's use today. */
export const rulesToday = (ctx: Context): MarkRules => rulesOn(rules, today(ctx));
