import { counted, day } from '#web/words.ts';
import type { Forecast } from '../domain/recruitment.ts';
import { type ComparedWeek, compareWeek, expectedBy, rangeWords, type Standing } from '../domain/recruitment-curve.ts';
import type { RecruitmentWeek } from '../domain/recruitment-week.ts';
import { changeWeekPath, weekPath } from '../paths.ts';
import { recruitmentCurve } from '../use-cases/reference-data.ts';
import { type WeeksChart, weeksChart } from './weeks-chart.ts';

export type WeeksModel = {
  /** How the newest week stands, led by the whole in one sentence; empty: there is nothing to compare. */
  readonly words: readonly string[];
  readonly assumption: string;
  readonly chart: WeeksChart | null;
  readonly rows: readonly {
    readonly week: string;
    readonly day: string;
    readonly applications: string;
    readonly offers: number;
    readonly accepted: string;
    readonly standing: string;
    readonly colour: string;
    readonly changeHref: string;
  }[];
  readonly removeAction: string;
  /** The day of the week that is put right; empty: the form takes a new one. */
  readonly was: string;
  readonly wasWords: string;
};

const standingWords: Readonly<Record<Standing, string>> = { behind: 'Behind', 'in-step': 'In step', ahead: 'Ahead' };
const standingColours: Readonly<Record<Standing, string>> = { behind: 'red', 'in-step': 'green', ahead: 'blue' };

const leadWords = (standing: Standing): string =>
  ({
    behind: 'Recruitment is behind what the forecast lets expect by now.',
    'in-step': 'Recruitment is in step with the forecast.',
    ahead: 'Recruitment is ahead of the forecast.',
  })[standing];

/** @param was the day of a week that is put right; null or none of the plan's: the form takes a new one. */
export const weeksModel = (
  plan: { readonly id: string; readonly firstTeach: string },
  weeks: readonly RecruitmentWeek[],
  forecast: Forecast | null,
  was: string | null,
): WeeksModel => {
  const { firstTeach } = plan;
  const compared = weeks.map((one): { readonly one: RecruitmentWeek; readonly to: ComparedWeek | null } => ({
    one,
    to: forecast && compareWeek(recruitmentCurve, forecast, firstTeach, one),
  }));
  const newest = compared.at(-1);
  const chosen = weeks.find((one) => one.week === was);
  return {
    words: newest?.to
      ? [
          leadWords(newest.to.standing),
          `By ${day(newest.one.week)} there were ${counted(newest.one.applications, 'application')}, where ${rangeWords(newest.to.applications)} are expected, and ${newest.one.accepted} had accepted, where ${rangeWords(newest.to.accepted)} are.`,
        ]
      : [],
    assumption: `${recruitmentCurve.source}. It counts ${recruitmentCurve.applicationsForEachLearner} applications for each learner who comes; checked ${day(recruitmentCurve.checked)}.`,
    chart: weeksChart(
      weeks,
      forecast && {
        forecast,
        firstTeach,
        acceptedBy: (on) => expectedBy(recruitmentCurve, forecast, firstTeach, on, 'accepted'),
      },
    ),
    rows: compared.map(({ one, to }) => ({
      week: one.week,
      day: day(one.week),
      applications: `${one.applications}${to ? ` (${rangeWords(to.applications)})` : ''}`,
      offers: one.offers,
      accepted: `${one.accepted}${to ? ` (${rangeWords(to.accepted)})` : ''}`,
      standing: to ? standingWords[to.standing] : '',
      colour: to ? standingColours[to.standing] : '',
      changeHref: changeWeekPath(plan.id, one.week),
    })),
    removeAction: `${weekPath(plan.id)}/remove`,
    was: chosen?.week ?? '',
    wasWords: chosen ? day(chosen.week) : '',
  };
};
