import type { Route } from '#web/route.ts';
import { caseRoutes } from './cases/page.ts';
import { compareRoutes } from './compare/page.ts';
import { cycleEditRoutes } from './cycles/change.ts';
import { cycleRoutes } from './cycles/page.ts';
import { matchingRoutes } from './desk/matching.ts';
import { natureRoutes } from './desk/nature.ts';
import { editRoutes } from './edit/page.ts';
import { entryRoutes } from './entry/page.ts';
import { fileRoutes } from './files.ts';
import { differenceRoutes } from './import/difference.ts';
import { importRoutes } from './import/page.ts';
import { listRoutes } from './list/page.ts';
import { closingRoutes } from './place/closing.ts';
import { providerDetailsRoutes } from './place/details.ts';
import { placeRoutes } from './place/page.ts';
import { proposalRoutes } from './proposals/page.ts';

export const registerRoutes: readonly Route[] = [
  ...listRoutes,
  ...fileRoutes,
  ...compareRoutes,
  ...proposalRoutes,
  ...caseRoutes,
  ...matchingRoutes,
  ...natureRoutes,
  ...importRoutes,
  ...differenceRoutes,
  ...editRoutes,
  ...entryRoutes,
  ...placeRoutes,
  ...closingRoutes,
  ...providerDetailsRoutes,
  ...cycleRoutes,
  ...cycleEditRoutes,
];
