import type { Route } from '#web/route.ts';
import { guidanceRoutes } from './guidance.ts';
import { machineRoutes } from './machines.ts';
import { markPageRoutes } from './mark.ts';
import { offerRoutes } from './offer.ts';
import { verifyRoutes } from './verify.ts';

export const markRoutes: readonly Route[] = [
  ...markPageRoutes,
  ...guidanceRoutes,
  ...offerRoutes,
  ...verifyRoutes,
  ...machineRoutes,
];
