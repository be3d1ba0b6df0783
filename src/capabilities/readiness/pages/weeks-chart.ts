import { counted, day } from '#web/words.ts';
import { dayNumber, isoDay } from '../domain/calendar-day.ts';
import type { Forecast } from '../domain/recruitment.ts';
import type { RecruitmentWeek } from '../domain/recruitment-week.ts';

/** Applications, offers and acceptances week by week as lines, with the forecast as levels across and what is expected by each day as a band. */
export type WeeksChart = {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Each told apart by its dashes, and named at its end. */
  readonly lines: readonly {
    readonly kind: LineKind;
    readonly path: string;
    readonly text: string;
    readonly textX: number;
    readonly textY: number;
  }[];
  /** Acceptances that are expected: from the low to the high number as a surface, and the likely one as a line; empty: no forecast. */
  readonly band: string;
  readonly likely: string;
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
/** Days that are named under the chart. */
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

/** Days on which a curve is drawn. */
const drawn = 48;

/** What a chart compares weeks with, up to first teach. */
export type WeeksExpected = {
  readonly forecast: Forecast;
  readonly firstTeach: string;
  readonly acceptedBy: (day: string) => Forecast;
};

/** @returns `null` for fewer than two weeks, which make no line. */
export const weeksChart = (weeks: readonly RecruitmentWeek[], expected: WeeksExpected | null): WeeksChart | null => {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || first === last) return null;
  const forecast = expected?.forecast ?? null;
  const from = dayNumber(first.week);
  const span = Math.max(dayNumber(last.week), expected ? dayNumber(expected.firstTeach) : 0) - from;
  const most = Math.max(1, forecast?.high ?? 0, ...weeks.map((one) => one.applications));
  const floor = chart.height - chart.foot;
  const x = (number: number): number => round(chart.left + ((number - from) / span) * (chart.right - chart.left));
  const y = (count: number): number => round(floor - (count / most) * (floor - chart.top));
  const kinds: readonly LineKind[] = ['applications', 'offers', 'accepted'];
  const days = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => Math.round(from + (span * at) / (count - 1)));
  const curve = expected ? days(drawn).map((number) => ({ x: x(number), ...expected.acceptedBy(isoDay(number)) })) : [];
  const line = (points: readonly string[]): string => (points.length > 0 ? `M${points.join('L')}` : '');
  return {
    width: chart.width,
    height: chart.height,
    left: chart.left,
    right: chart.right,
    label: `Applications, offers and acceptances from ${day(first.week)} to ${day(last.week)}${expected ? `, and the acceptances that are expected until ${day(expected.firstTeach)}` : ''}; the same is in the table below.`,
    band: line([
      ...curve.map((one) => `${one.x} ${y(one.high)}`),
      ...curve.toReversed().map((one) => `${one.x} ${y(one.low)}`),
    ]),
    likely: line(curve.map((one) => `${one.x} ${y(one.likely)}`)),
    lines: apart(
      kinds.map((kind) => ({
        kind,
        path: line(weeks.map((one) => `${x(dayNumber(one.week))} ${y(one[kind])}`)),
        text: kind === 'accepted' ? `${last[kind]} accepted` : counted(last[kind], kind.slice(0, -1)),
        textX: x(dayNumber(last.week)) + 8,
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
    weeks: days(mostNamed).map((number) => ({ x: x(number), text: day(isoDay(number)).replace(/ \d{4}$/, '') })),
  };
};
