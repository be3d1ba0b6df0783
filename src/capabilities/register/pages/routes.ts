import type { Route } from '#web/route.ts';
import { entryRoutes } from './entry/page.ts';
import { listRoutes } from './list/page.ts';

export const registerRoutes: readonly Route[] = [...listRoutes, ...entryRoutes];
