import { page, redirect, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { keyDays } from '../domain/answer.ts';
import { roundState } from '../domain/round.ts';
import { editRoundPath, roundPath, roundsDeskPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { countStates } from '../use-cases/read-answers.ts';
import { closeRound } from '../use-cases/rounds.ts';
import { crumbs } from './crumbs.ts';
import { roundAsked } from './round-asked.ts';

const closeView = view<{
  readonly title: string;
  readonly public: string;
  readonly sent: string;
  /** Answers that were begun, or whose address was not confirmed; empty: none. */
  readonly unsent: string;
  /** Until when it can be opened again. */
  readonly again: string;
  readonly action: string;
  readonly backHref: string;
}>('capabilities/have-your-say/pages/editing/close.njk');

/** Ending a round before its time: asked first, since it turns away whoever is about to answer. */
export const closeRoundRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/edit/close',
    access: manageRounds,
    audit: 'have-your-say.close-round-form',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const back = editRoundPath(round.slug);
      if (roundState(round, ctx.clock()) !== 'open') return redirect(back);
      const { sent, draft, unconfirmed } = await countStates(ctx, round.id);
      return page(
        closeView,
        {
          title: round.title,
          public: roundPath(round.slug),
          sent: counted(sent, 'answer'),
          unsent: draft + unconfirmed === 0 ? '' : counted(draft + unconfirmed, 'answer'),
          again: round.onePerAddress
            ? `Within ${keyDays} days, and until its results are published,`
            : 'Until its results are published',
          action: `${back}/close`,
          backHref: back,
        },
        {
          title: `Close “${round.title}” now?`,
          crumbs: [...crumbs, { text: 'Rounds', href: roundsDeskPath }, { text: round.title, href: back }],
        },
      );
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/edit/close',
    access: manageRounds,
    audit: 'have-your-say.close-round',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      await closeRound(ctx, round);
      return redirect(`${editRoundPath(round.slug)}?done=closed`);
    },
  },
];
