import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { reportPdfPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { planFileName } from '../use-cases/plan-files.ts';
import { makeReport, type Report, reportPdf } from '../use-cases/write-report.ts';
import { planAsked, planCrumbs } from './opened.ts';
import { type PlanTab, planTabs } from './plan-tabs.ts';

const reportView = view<Report & { readonly pdfHref: string; readonly parts: readonly PlanTab[] }>(
  'capabilities/readiness/pages/report/page.njk',
);

export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/report',
    access: keepPlans,
    audit: 'readiness.report',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      return page(
        reportView,
        {
          ...(await makeReport(ctx, opened)),
          pdfHref: reportPdfPath(opened.plan.id),
          parts: planTabs(opened.plan, 'report'),
        },
        { title: `Report: ${opened.plan.qualification}`, crumbs: planCrumbs(opened.plan) },
      );
    },
  },
  {
    method: 'GET',
    path: '/plans/:plan/report.pdf',
    access: keepPlans,
    audit: 'readiness.report-pdf',
    perMinute: 20,
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      return {
        kind: 'file',
        name: planFileName(opened.plan.qualification, 'pdf', 'report'),
        type: 'application/pdf',
        body: await reportPdf(ctx, opened),
      };
    },
  },
];
