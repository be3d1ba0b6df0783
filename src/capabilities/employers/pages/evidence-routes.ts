import type { Route } from '#web/route.ts';
import { attendanceRoutes } from './evidence/attendances.ts';
import { measureRoutes } from './evidence/measure.ts';
import { overviewRoutes } from './evidence/overview.ts';
import { recordRoutes } from './evidence/record.ts';
import { letterRoutes } from './letter/letters.ts';
import { newLetterRoutes } from './letter/new-letter.ts';
import { signRoutes } from './letter/sign.ts';

export const evidenceRoutes: readonly Route[] = [
  ...overviewRoutes,
  ...recordRoutes,
  ...measureRoutes,
  ...attendanceRoutes,
  ...newLetterRoutes,
  ...letterRoutes,
  ...signRoutes,
];
