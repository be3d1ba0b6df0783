import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { textQuestions } from '../domain/results.ts';
import { roundState } from '../domain/round.ts';
import { readingDeskPath, readRoundPath } from '../paths.ts';
import { readAnswers } from '../policy.ts';
import { countStates, countToModerate } from '../use-cases/read-answers.ts';
import { listRounds } from '../use-cases/rounds.ts';
import { crumbs } from './crumbs.ts';
import { askedOf } from './reading.ts';
import { type ListedRound, whenWords } from './rounds.ts';

const readingDeskView = view<{
  readonly waiting: readonly ListedRound[];
  readonly rest: readonly ListedRound[];
}>('capabilities/have-your-say/pages/reading/desk.njk');

export const readingDeskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: readingDeskPath,
    access: readAnswers,
    audit: 'have-your-say.reading-desk',
    handle: async (_request, ctx) => {
      const waiting: ListedRound[] = [];
      const rest: ListedRound[] = [];
      for (const round of await listRounds(ctx)) {
        if (round.version === 0) continue;
        const texts = textQuestions(await askedOf(ctx, round)).map((one) => one.question.id);
        const toModerate = await countToModerate(ctx, round.id, texts);
        const { sent } = await countStates(ctx, round.id);
        (toModerate > 0 ? waiting : rest).push({
          title: round.title,
          href: readRoundPath(round.slug),
          words: `${toModerate > 0 ? `${counted(toModerate, 'answer')} to moderate, of ${sent}` : counted(sent, 'answer')}. ${whenWords(round, roundState(round, ctx.clock()))}`,
        });
      }
      return page(readingDeskView, { waiting, rest }, { title: 'Answers to rounds', crumbs });
    },
  },
];
