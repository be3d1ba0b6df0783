import type { Route } from '#web/route.ts';
import { aboutRoutes } from './about.ts';
import { adoptRoutes } from './adopt.ts';
import { changeRoutes } from './change.ts';
import { fundingRulesRoutes } from './funding-rules.ts';
import { heldRoutes } from './held.ts';
import { learnersRoutes } from './learners.ts';
import { offerRoutes } from './offer.ts';
import { planRoutes } from './plan.ts';
import { plansRoutes } from './plans.ts';
import { putAwayRoutes } from './put-away.ts';
import { reportRoutes } from './report.ts';
import { rollOverRoutes } from './roll-over.ts';
import { taskRoutes } from './task.ts';
import { tasksRoutes } from './tasks.ts';
import { unitsRoutes } from './units.ts';
import { waysInRoutes } from './ways-in.ts';
import { weeksRoutes } from './weeks.ts';

export const readinessRoutes: readonly Route[] = [
  ...plansRoutes,
  ...heldRoutes,
  ...adoptRoutes,
  ...fundingRulesRoutes,
  ...putAwayRoutes,
  ...planRoutes,
  ...aboutRoutes,
  ...changeRoutes,
  ...tasksRoutes,
  ...taskRoutes,
  ...offerRoutes,
  ...waysInRoutes,
  ...learnersRoutes,
  ...weeksRoutes,
  ...reportRoutes,
  ...unitsRoutes,
  ...rollOverRoutes,
];
