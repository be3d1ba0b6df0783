import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { counted } from '#web/words.ts';
import type { BreakEven } from '../domain/funding.ts';
import type { Forecast } from '../domain/recruitment.ts';
import { expectedFrom, expectedInAll } from '../domain/ways-in.ts';
import { waysInPath } from '../paths.ts';
import { listWaysIn } from '../use-cases/plan-case.ts';
import { waysInKinds } from '../use-cases/reference-data.ts';

/** A way in as it was typed. */
export type TypedWayIn = {
  readonly kind: string;
  readonly title: string;
  readonly people: string;
  readonly percent: string;
};

export type WaysInModel = {
  readonly words: readonly string[];
  readonly rows: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: string;
    readonly people: number;
    readonly percent: string;
    readonly expected: string;
  }[];
  readonly kinds: readonly { readonly id: string; readonly title: string }[];
  readonly typed: TypedWayIn;
  readonly id: string;
  readonly action: string;
  readonly removeAction: string;
};

const noneTyped: TypedWayIn = { kind: '', title: '', people: '', percent: '' };

const comparedWith = (all: number, forecast: Forecast | null, even: BreakEven | null): readonly string[] => [
  ...(even?.kind === 'from' && even.learners > 0
    ? [
        all >= even.learners
          ? `That is enough for the ${counted(even.learners, 'learner')} from which it pays for itself.`
          : `That is fewer than the ${counted(even.learners, 'learner')} from which it pays for itself.`,
      ]
    : []),
  ...(forecast
    ? [
        all < forecast.low
          ? `The forecast begins at ${forecast.low}: say what it rests on beside these, or lower it.`
          : `The forecast is ${forecast.low} to ${forecast.high}, most likely ${forecast.likely}.`,
      ]
    : []),
];

export const waysInModel = async (
  ctx: Context,
  plan: string,
  forecast: Forecast | null,
  even: BreakEven | null,
  typed: TypedWayIn = noneTyped,
): Promise<WaysInModel> => {
  const ways = await listWaysIn(ctx, plan);
  const all = Math.round(expectedInAll(ways));
  return {
    words:
      ways.length === 0
        ? [
            'Nothing is noted yet. Add each group that could come, such as your own T Level students, and how many of them you expect.',
          ]
        : [
            `The ways in that you noted give about ${counted(all, 'learner')} a year.`,
            ...comparedWith(all, forecast, even),
          ],
    rows: ways.map((one) => ({
      id: one.id,
      title: one.title,
      kind: waysInKinds.kinds.find(({ id }) => id === one.kind)?.title ?? '',
      people: one.people,
      percent: `${one.percent}%`,
      expected: String(Math.round(expectedFrom(one) * 10) / 10),
    })),
    kinds: waysInKinds.kinds.map(({ id, title, hint }) => ({ id, title: `${title} (${hint.toLowerCase()})` })),
    typed,
    id: randomUUID(),
    action: waysInPath(plan),
    removeAction: `${waysInPath(plan)}/remove`,
  };
};
