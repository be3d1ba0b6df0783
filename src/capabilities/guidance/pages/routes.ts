import type { Route } from '#web/route.ts';
import { editingRoutes } from './editing.ts';
import { readingRoutes } from './reading.ts';
import { subscribingRoutes } from './subscribing.ts';

export const guidanceRoutes: readonly Route[] = [...readingRoutes, ...subscribingRoutes, ...editingRoutes];
