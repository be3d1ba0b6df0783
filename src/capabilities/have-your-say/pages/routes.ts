import type { Route } from '#web/route.ts';
import { answeringRoutes } from './answering.ts';
import { confirmRoutes } from './check-answers.ts';
import { closeRoundRoutes } from './close-round.ts';
import { codingRoutes } from './coding.ts';
import { decidingRoutes } from './deciding.ts';
import { editPartRoutes } from './edit-parts.ts';
import { editRoundRoutes } from './edit-round.ts';
import { hubRoutes } from './hub.ts';
import { inboxRoutes } from './inbox.ts';
import { moderatingRoutes } from './moderating.ts';
import { readingRoutes } from './reading.ts';
import { readingDeskRoutes } from './reading-desk.ts';
import { replyRoutes } from './replies.ts';
import { resultsRoutes } from './results.ts';
import { roundRoutes } from './rounds.ts';
import { wantedRoutes } from './wanted.ts';

export const haveYourSayRoutes: readonly Route[] = [
  ...hubRoutes,
  ...wantedRoutes,
  ...inboxRoutes,
  ...replyRoutes,
  ...readingDeskRoutes,
  ...roundRoutes,
  ...answeringRoutes,
  ...confirmRoutes,
  ...editRoundRoutes,
  ...closeRoundRoutes,
  ...editPartRoutes,
  ...readingRoutes,
  ...moderatingRoutes,
  ...codingRoutes,
  ...decidingRoutes,
  ...resultsRoutes,
];
