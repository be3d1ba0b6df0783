import { londonDay } from '#kernel/london-time.ts';
import { demand } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import type { Example } from '../domain/example.ts';
import { monthsUntil, type UsefulnessCount } from '../domain/usefulness.ts';
import { curate } from '../policy.ts';
import { countUsefulness, putUsefulness } from '../store/usefulness.ts';
import { themes } from './themes.ts';

/** Months that are looked at: two years of teaching. */
const monthsShown = 24;

/** Counts whether an example was useful to someone. Of who it was, nothing is kept. @param form made with the form. */
export const sayUseful = (ctx: Context, one: Pick<Example, 'id'>, form: string, useful: boolean): Promise<void> =>
  putUsefulness(ctx, form, one.id, `${londonDay(ctx.clock()).slice(0, 7)}-01`, useful);

export type Usefulness = {
  /** The oldest first, from the first in which anything was said. */
  readonly months: readonly string[];
  readonly counts: readonly UsefulnessCount[];
};

/** What was said over the last two years, by theme and month. */
export const readUsefulness = async (ctx: Context): Promise<Usefulness> => {
  demand(ctx.actor, curate);
  const months = monthsUntil(londonDay(ctx.clock()).slice(0, 7), monthsShown);
  const counts = await countUsefulness(ctx, `${months[0]}-01`);
  const said = new Set(counts.map((one) => one.month));
  const first = months.findIndex((month) => said.has(month));
  return { months: first < 0 ? [] : months.slice(first), counts };
};

/** The same as a table: one row a theme and month in which something was said. */
export const usefulnessCsv = ({ counts }: Usefulness): Uint8Array =>
  writeCsv([
    ['Theme', 'Month', 'Useful', 'Not useful'],
    ...themes.flatMap((theme) =>
      counts
        .filter((one) => one.theme === theme.id)
        .toSorted((one, other) => one.month.localeCompare(other.month))
        .map((one) => [theme.title, one.month, one.useful, one.not]),
    ),
  ]);
