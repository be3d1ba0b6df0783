import type { Route } from '#web/route.ts';
import { accountRoutes } from './account/page.ts';
import { adminAuditRoutes } from './admin/audit.ts';
import { adminMachineryRoutes } from './admin/machinery.ts';
import { adminOrganisationsRoutes } from './admin/organisations.ts';
import { adminOverviewRoutes } from './admin/overview.ts';
import { adminPeopleRoutes } from './admin/people.ts';
import { exampleRoutes } from './example/page.ts';
import { invitationRoutes } from './invitation/page.ts';
import { organisationRoutes } from './organisation/page.ts';
import { organisationsRoutes } from './organisations/page.ts';
import { privacyRoutes } from './privacy/page.ts';
import { issuerRoutes } from './sign-in/issuer.ts';
import { signInRoutes } from './sign-in/page.ts';

export const accountsRoutes: readonly Route[] = [
  ...signInRoutes,
  ...issuerRoutes,
  ...accountRoutes,
  ...organisationsRoutes,
  ...organisationRoutes,
  ...invitationRoutes,
  ...exampleRoutes,
  ...privacyRoutes,
  ...adminOverviewRoutes,
  ...adminPeopleRoutes,
  ...adminOrganisationsRoutes,
  ...adminMachineryRoutes,
  ...adminAuditRoutes,
];
