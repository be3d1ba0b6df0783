import type { Route } from '#web/route.ts';
import { editRoutes } from './edit/page.ts';
import { employerRoutes } from './employer/page.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { importRoutes } from './import/page.ts';
import { listRoutes } from './list/page.ts';
import { localNeedRoutes } from './local-need/page.ts';
import { nextStepsRoutes } from './next-steps/page.ts';
import { partRoutes } from './parts/routes.ts';
import { sharingRoutes } from './sharing/page.ts';

export const employersRoutes: readonly Route[] = [
  ...listRoutes,
  ...evidenceRoutes,
  ...editRoutes,
  ...importRoutes,
  ...localNeedRoutes,
  ...nextStepsRoutes,
  ...sharingRoutes,
  ...employerRoutes,
  ...partRoutes,
];
