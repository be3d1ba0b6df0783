import type { Route } from '#web/route.ts';
import { checkRoutes } from './check/page.ts';
import { rulesRoutes } from './rules/page.ts';
import { templateRoutes } from './template/page.ts';

export const alignmentRoutes: readonly Route[] = [...checkRoutes, ...rulesRoutes, ...templateRoutes];
