import { day } from '#web/words.ts';
import { dayNumber } from '../domain/calendar-day.ts';
import type { Forecast } from '../domain/recruitment.ts';
import type { RecruitmentWeek } from '../use-cases/plan-case.ts';

/** Applications, offers and acceptances week by week as lines, with the forecast as levels across. */
export type WeeksChart = {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Each told apart by its dashes, and named at its end. */
  readonly lines: readonly {
    readonly kind: LineKind;
    readonly path: string;
    readonly text: string;
    readonly textY: number;
  }[];
  /** A level stands at its number; its name moves where names would stand on one another. */
  readonly levels: readonly { readonly y: number; readonly text: string; readonly textY: number }[];
  readonly weeks: readonly { readonly x: number; readonly text: string }[];
  readonly left: number;
  readonly right: number;
};

type LineKind = 'applications' | 'offers' | 'accepted';

const chart = { width: 720, height: 240, left: 84, right: 600, top: 14, foot: 30 };
/** Pixels that a line of text takes: labels at the ends keep so far apart. */
const labelHeight = 14;
/** Weeks that are named under the chart. */
const mostNamed = 6;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Moves labels that would stand on one another apart, the highest first. */
const apart = <Label extends { readonly textY: number }>(labels: readonly Label[]): readonly Label[] => {
  let free = Number.NEGATIVE_INFINITY;
  return labels
    .toSorted((one, other) => one.textY - other.textY)
    .map((label) => {
      const textY = Math.max(label.textY, free);
      free = textY + labelHeight;
      return { ...label, textY: round(textY) };
    });
};

/** @returns `null` for fewer than two weeks, which make no line. */
export const weeksChart = (weeks: readonly RecruitmentWeek[], forecast: Forecast | null): WeeksChart | null => {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || first === last) return null;
  const from = dayNumber(first.week);
  const span = dayNumber(last.week) - from;
  const most = Math.max(1, forecast?.high ?? 0, ...weeks.map((one) => one.applications));
  const floor = chart.height - chart.foot;
  const x = (week: string): number =>
    round(chart.left + ((dayNumber(week) - from) / span) * (chart.right - chart.left));
  const y = (count: number): number => round(floor - (count / most) * (floor - chart.top));
  const kinds: readonly LineKind[] = ['applications', 'offers', 'accepted'];
  const every = Math.ceil(weeks.length / mostNamed);
  return {
    width: chart.width,
    height: chart.height,
    left: chart.left,
    right: chart.right,
    label: `Applications, offers and acceptances from ${day(first.week)} to ${day(last.week)}${forecast ? ', against the forecast' : ''}; the same is in the table below.`,
    lines: apart(
      kinds.map((kind) => ({
        kind,
        path: weeks.map((one, index) => `${index === 0 ? 'M' : 'L'}${x(one.week)} ${y(one[kind])}`).join(''),
        text: `${last[kind]} ${kind}`,
        textY: y(last[kind]) + 4,
      })),
    ),
    levels: forecast
      ? apart(
          (['high', 'likely', 'low'] as const).map((name) => ({
            y: y(forecast[name]),
            textY: y(forecast[name]) + 4,
            text: `${name} ${forecast[name]}`,
          })),
        )
      : [],
    weeks: weeks
      .filter((_, index) => index % every === 0)
      .map((one) => ({ x: x(one.week), text: day(one.week).replace(/ \d{4}$/, '') })),
  };
};
