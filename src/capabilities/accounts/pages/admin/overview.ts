import { countActs } from '#platform/audit/find-acts.ts';
import { countMail } from '#platform/mail/outbox.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import {
  adminAuditPath,
  adminJobsPath,
  adminMailPath,
  adminOrganisationsPath,
  adminPath,
  adminPeoplePath,
} from '../../paths.ts';
import { administer } from '../../policy.ts';
import { countPeople, organisationsInNeed } from '../../use-cases/administer.ts';

type Model = {
  readonly warnings: readonly { readonly text: string; readonly href: string; readonly linkText: string }[];
  readonly figures: readonly { readonly label: string; readonly count: number; readonly href: string }[];
};

const overviewView = view<Model>('capabilities/accounts/pages/admin/overview.njk');

export const adminOverviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: adminPath,
    access: administer,
    audit: 'accounts.admin',
    handle: async (_request, ctx) => {
      const [jobs, mail, organisations, people] = [
        await ctx.jobs.counts(),
        await countMail(ctx),
        await organisationsInNeed(ctx),
        await countPeople(ctx),
      ];
      const warnings = [
        ...(jobs.failed > 0
          ? [{ text: 'Jobs have failed.', href: `${adminJobsPath}#failed`, linkText: 'See why' }]
          : []),
        ...(mail.failed > 0
          ? [{ text: 'Messages could not be delivered.', href: `${adminMailPath}?state=failed`, linkText: 'See which' }]
          : []),
        ...(organisations.withoutLead.length > 0
          ? [{ text: 'Organisations have members and no lead.', href: adminOrganisationsPath, linkText: 'See which' }]
          : []),
      ];
      return page(
        overviewView,
        {
          warnings,
          figures: [
            { label: 'People', count: people, href: adminPeoplePath },
            { label: 'Organisations', count: organisations.count, href: adminOrganisationsPath },
            { label: 'Jobs waiting or running', count: jobs.waiting + jobs.running, href: adminJobsPath },
            { label: 'Jobs failed', count: jobs.failed, href: adminJobsPath },
            { label: 'Messages waiting', count: mail.waiting, href: adminMailPath },
            { label: 'Messages failed', count: mail.failed, href: `${adminMailPath}?state=failed` },
            { label: 'Acts in the audit trail', count: await countActs(ctx), href: adminAuditPath },
          ],
        },
        { title: 'Administration', crumbs: [{ text: 'Start', href: '/' }] },
      );
    },
  },
];
