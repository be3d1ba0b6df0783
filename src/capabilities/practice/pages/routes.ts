import type { Route } from '#web/route.ts';
import { decidingRoutes } from './deciding.ts';
import { readingRoutes } from './reading.ts';
import { sharingRoutes } from './sharing.ts';
import { statementRoutes } from './statements.ts';
import { subscribingRoutes } from './subscribing.ts';
import { writingRoutes } from './writing.ts';

export const practiceRoutes: readonly Route[] = [
  ...readingRoutes,
  ...sharingRoutes,
  ...writingRoutes,
  ...decidingRoutes,
  ...statementRoutes,
  ...subscribingRoutes,
];
