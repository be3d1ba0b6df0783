import type { Route } from '#web/route.ts';
import { editingRoutes } from './editing.ts';
import { readingRoutes } from './reading.ts';

export const guidanceRoutes: readonly Route[] = [...readingRoutes, ...editingRoutes];
