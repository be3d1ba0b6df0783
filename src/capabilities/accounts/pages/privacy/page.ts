import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { privacyPath } from '../../paths.ts';
import { type Period, periodsAt } from '../../use-cases/retention.ts';

const privacyView = view<{ readonly periods: readonly Period[] }>('capabilities/accounts/pages/privacy/page.njk');

export const privacyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: privacyPath,
    access: 'anyone',
    audit: 'accounts.privacy',
    handle: (_request, ctx) => page(privacyView, { periods: periodsAt(ctx.clock()) }, { title: 'Privacy' }),
  },
];
