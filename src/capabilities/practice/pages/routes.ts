import type { Route } from '#web/route.ts';
import { collectionRoutes } from './collections.ts';
import { confirmingRoutes } from './confirming.ts';
import { decidingRoutes } from './deciding.ts';
import { examplePageRoutes } from './example-page.ts';
import { readingRoutes } from './reading.ts';
import { saidRoutes } from './said.ts';
import { sharingRoutes } from './sharing.ts';
import { statementRoutes } from './statements.ts';
import { subscribingRoutes } from './subscribing.ts';
import { usefulnessRoutes } from './usefulness.ts';
import { writingRoutes } from './writing.ts';

export const practiceRoutes: readonly Route[] = [
  ...readingRoutes,
  ...examplePageRoutes,
  ...collectionRoutes,
  ...usefulnessRoutes,
  ...sharingRoutes,
  ...writingRoutes,
  ...confirmingRoutes,
  ...decidingRoutes,
  ...saidRoutes,
  ...statementRoutes,
  ...subscribingRoutes,
];
