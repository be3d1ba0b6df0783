import type { Route } from '#web/route.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { listRoutes } from './list/page.ts';

export const employersRoutes: readonly Route[] = [...listRoutes, ...evidenceRoutes];
