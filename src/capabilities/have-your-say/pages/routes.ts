import type { Route } from '#web/route.ts';
import { hubRoutes } from './hub.ts';
import { inboxRoutes } from './inbox.ts';

export const haveYourSayRoutes: readonly Route[] = [...hubRoutes, ...inboxRoutes];
