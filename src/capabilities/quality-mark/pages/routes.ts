import type { Route } from '#web/route.ts';
import { artworkRoutes } from './artwork.ts';
import { checkRoutes } from './check.ts';
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
  ...checkRoutes,
  ...artworkRoutes,
  ...machineRoutes,
];
