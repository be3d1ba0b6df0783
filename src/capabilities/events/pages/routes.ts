import type { Route } from '#web/route.ts';
import { cancellingRoutes } from './cancelling.ts';
import { listingRoutes } from './listing.ts';
import { lookingAfterRoutes } from './looking-after.ts';
import { peopleRoutes } from './people.ts';
import { promotingRoutes } from './promoting.ts';
import { runningRoutes } from './running.ts';
import { showEventRoutes } from './show-event.ts';
import { signingUpRoutes } from './signing-up.ts';

export const eventsRoutes: readonly Route[] = [
  ...listingRoutes,
  ...runningRoutes,
  ...showEventRoutes,
  ...cancellingRoutes,
  ...signingUpRoutes,
  ...lookingAfterRoutes,
  ...peopleRoutes,
  ...promotingRoutes,
];
