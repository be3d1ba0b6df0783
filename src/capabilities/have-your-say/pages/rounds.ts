import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { longDay, moment } from '#web/words.ts';
import { type Round, type RoundState, roundState, roundStateWords } from '../domain/round.ts';
import { beginAnswerPath, editRoundPath, readRoundPath, resultsPath, roundPath } from '../paths.ts';
import { manageRounds, readAnswers } from '../policy.ts';
import { findRoundVersion, listRounds } from '../use-cases/rounds.ts';
import { crumbs } from './crumbs.ts';
import { publicRoundAsked } from './round-asked.ts';

export type ListedRound = { readonly title: string; readonly href: string; readonly words: string };

/** When a round is open, as its list says it. */
export const whenWords = (one: Round, state: RoundState): string => {
  switch (state) {
    case 'written':
      return 'Being written';
    case 'announced':
      return one.opensAt ? `Opens on ${longDay(one.opensAt)}` : 'Opens later';
    case 'open':
      return one.closesAt ? `Open until ${moment(one.closesAt)}` : 'Open without an end';
    case 'closed':
      return `Closed on ${longDay(one.closesAt ?? new Date(0))}. Results follow`;
    case 'results':
      return `Results since ${longDay(one.resultsAt ?? new Date(0))}`;
  }
};

export const publicRounds = async (
  ctx: Context,
): Promise<Readonly<Record<'open' | 'announced' | 'closed' | 'results', readonly ListedRound[]>>> => {
  const now = ctx.clock();
  const of = (rounds: readonly Round[], wanted: RoundState): readonly ListedRound[] =>
    rounds
      .filter((one) => roundState(one, now) === wanted)
      .map((one) => ({
        title: one.title,
        href: wanted === 'results' ? resultsPath(one.slug) : roundPath(one.slug),
        words: `${whenWords(one, wanted)}. For ${one.audience || 'everyone'}`,
      }));
  const rounds = await listRounds(ctx);
  return {
    open: of(rounds, 'open'),
    announced: of(rounds, 'announced'),
    closed: of(rounds, 'closed'),
    results: of(rounds, 'results'),
  };
};

const oneView = view<{
  readonly title: string;
  readonly state: string;
  readonly purpose: string;
  readonly facts: readonly { readonly name: string; readonly words: string }[];
  readonly open: boolean;
  readonly lead: string;
  readonly action: string;
  readonly resultsHref: string;
  readonly sections: readonly { readonly title: string; readonly questions: readonly string[] }[];
  readonly editHref: string;
  readonly readHref: string;
}>('capabilities/have-your-say/pages/rounds/one.njk');

export const roundRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round',
    access: 'anyone',
    audit: 'have-your-say.round',
    handle: async (request, ctx) => {
      const round = await publicRoundAsked(request, ctx);
      const state = roundState(round, ctx.clock());
      const questions = await findRoundVersion(ctx, round.id, round.version);
      return page(
        oneView,
        {
          title: round.title,
          state: roundStateWords[state],
          purpose: round.purpose,
          facts: [
            { name: 'For', words: round.audience || 'everyone' },
            { name: 'Opens', words: round.opensAt ? moment(round.opensAt) : 'not settled yet' },
            { name: 'Closes', words: round.closesAt ? moment(round.closesAt) : 'not settled: it is open until then' },
          ],
          open: state === 'open',
          lead:
            state === 'open'
              ? `No account is needed, and your name is up to you. You can stop and come back.${round.onePerAddress ? ' This round takes one answer an email address: we ask there whether it is from you.' : ''}`
              : state === 'announced'
                ? 'It is not open yet.'
                : 'It takes no more answers. What was said is read now, and the results are published here.',
          action: beginAnswerPath(round.slug),
          resultsHref: state === 'results' ? resultsPath(round.slug) : '',
          sections: questions.sections.map((one) => ({
            title: one.title,
            questions: one.questions.map((each) => each.title),
          })),
          editHref: isAllowed(ctx.actor, manageRounds) ? editRoundPath(round.slug) : '',
          readHref: isAllowed(ctx.actor, readAnswers) ? readRoundPath(round.slug) : '',
        },
        { title: round.title, crumbs, description: round.purpose.slice(0, 200) },
      );
    },
  },
];
