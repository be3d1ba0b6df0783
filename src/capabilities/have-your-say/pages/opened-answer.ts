import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import { draftDays } from '../domain/answer.ts';
import { askedSections, type Given, type Questionnaire } from '../domain/questionnaire.ts';
import { type Round, roundState } from '../domain/round.ts';
import { writtenPath } from '../paths.ts';
import { findWritten, type Written } from '../use-cases/answer-round.ts';
import { publicRoundAsked } from './round-asked.ts';

/** The last page: who answers, as far as they tell. */
export const aboutStep = 'about-you';

/** How someone comes back to what they are writing. */
export type ReturnModel = {
  readonly returnAddress: string;
  readonly mailAction: string;
  readonly keptDays: number;
};

export const returnModel = (ctx: Context, round: Round, token: string): ReturnModel => ({
  returnAddress: `${ctx.address}${writtenPath(round.slug, token)}`,
  mailAction: `${writtenPath(round.slug, token)}/mail`,
  keptDays: draftDays,
});

export type Opened = { readonly round: Round; readonly token: string; readonly written: Written };

/** What the address opens. */
export const opened = async (request: PageRequest, ctx: Context): Promise<Opened> => {
  const round = await publicRoundAsked(request, ctx);
  const token = request.params.token ?? '';
  const written = await findWritten(ctx, round, token);
  if (!written) throw notFound('There is no answer at this address.');
  return { round, token, written };
};

export const isWriting = ({ round, written }: Opened, now: Date): boolean =>
  written.answer.state === 'draft' && roundState(round, now) === 'open';

/** The pages of an answer, in their order: what is asked hangs on what was answered. */
export const stepsOf = (questions: Questionnaire, given: Given): readonly string[] => [
  ...askedSections(questions, given).map((one) => one.id),
  aboutStep,
];

export const captionOf = (one: Opened, step: string): string => {
  const steps = stepsOf(one.written.questions, one.written.answer.given);
  return `${one.round.title}, page ${steps.indexOf(step) + 1} of ${steps.length}`;
};
