import type { Route } from '#web/route.ts';
import { checkRoutes } from './check/page.ts';
import { templateRoutes } from './template/page.ts';

export const alignmentRoutes: readonly Route[] = [...checkRoutes, ...templateRoutes];
