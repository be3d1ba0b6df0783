import { z } from 'zod';
import { dayNumber } from './calendar-day.ts';
import type { Forecast } from './recruitment.ts';
import type { RecruitmentWeek } from './recruitment-week.ts';

const share = z.number().min(0).max(1);
/** Low, likely and high, in this order. */
const shares = z
  .tuple([share, share, share])
  .refine(([low, likely, high]) => low <= likely && likely <= high, 'low, likely and high rise');

/** `data/recruitment-curve.json`: how far recruitment has come, by weeks before first teach. */
export const recruitmentCurveFile = z.object({
  editions: z
    .array(
      z.object({
        from: z.iso.date(),
        checked: z.iso.date(),
        source: z.string(),
        applicationsForEachLearner: z.number().positive(),
        /** Around the learners that a plan expects, as long as nobody has said a low and a high number. */
        withoutForecast: z.object({ low: share, high: z.number().min(1) }),
        /** The earliest first; between two of them the shares change evenly. */
        points: z
          .array(z.object({ weeksBefore: z.int().nonnegative(), applications: shares, accepted: shares }))
          .min(2),
      }),
    )
    .min(1),
});

export type RecruitmentCurve = z.infer<typeof recruitmentCurveFile>['editions'][number];

type Counted = 'applications' | 'accepted';

/** The shares on a day so many weeks before first teach; after it, and long before, those of the ends. */
const sharesAt = (curve: RecruitmentCurve, weeksBefore: number, counted: Counted): readonly number[] => {
  const { points } = curve;
  const after = points.findIndex((one) => one.weeksBefore <= weeksBefore);
  const [next, previous] = [points.at(after), points[Math.max(0, after - 1)]];
  if (!next || !previous || next === previous || after === -1) return next?.[counted] ?? [];
  const passed = (previous.weeksBefore - weeksBefore) / (previous.weeksBefore - next.weeksBefore);
  return next[counted].map((one, at) => (previous[counted][at] ?? 0) + passed * (one - (previous[counted][at] ?? 0)));
};

/**
 * What a forecast lets expect by a day: the low number times the low share, and so on. Rounded outwards, so that nobody is
 * told that they are behind for a part of a person.
 *
 * @param day and `firstTeach` are ISO dates.
 */
export const expectedBy = (
  curve: RecruitmentCurve,
  forecast: Forecast,
  firstTeach: string,
  day: string,
  counted: Counted,
): Forecast => {
  const weeks = (dayNumber(firstTeach) - dayNumber(day)) / 7;
  const [low = 0, likely = 0, high = 0] = sharesAt(curve, weeks, counted);
  const each = counted === 'applications' ? curve.applicationsForEachLearner : 1;
  const tiny = 1e-9;
  return {
    low: Math.floor(forecast.low * low * each + tiny),
    likely: Math.round(forecast.likely * likely * each),
    high: Math.max(0, Math.ceil(forecast.high * high * each - tiny)),
  };
};

export type Standing = 'behind' | 'in-step' | 'ahead';

export const standingOf = (count: number, expected: Forecast): Standing =>
  count < expected.low ? 'behind' : count > expected.high ? 'ahead' : 'in-step';

/** Of two standings the one that matters: being behind with either is. */
const worse = (one: Standing, other: Standing): Standing =>
  one === 'behind' || other === 'behind' ? 'behind' : one === 'ahead' && other === 'ahead' ? 'ahead' : 'in-step';

export type ComparedWeek = {
  readonly applications: Forecast;
  readonly accepted: Forecast;
  readonly standing: Standing;
};

/** What a forecast lets expect by the end of a week, and how the week stands to it. */
export const compareWeek = (
  curve: RecruitmentCurve,
  forecast: Forecast,
  firstTeach: string,
  week: RecruitmentWeek,
): ComparedWeek => {
  const by = (counted: Counted): Forecast => expectedBy(curve, forecast, firstTeach, week.week, counted);
  const [applications, accepted] = [by('applications'), by('accepted')];
  return {
    applications,
    accepted,
    standing: worse(standingOf(week.applications, applications), standingOf(week.accepted, accepted)),
  };
};

/** "12 to 20"; one number where they are the same. */
export const rangeWords = ({ low, high }: Forecast): string => (low === high ? String(low) : `${low} to ${high}`);

/** The forecast that the learners whom a plan expects come to, until somebody says a low and a high number. */
export const suggestedForecast = (curve: RecruitmentCurve, learners: number): Forecast => ({
  low: Math.floor(learners * curve.withoutForecast.low),
  likely: learners,
  high: Math.ceil(learners * curve.withoutForecast.high),
});
