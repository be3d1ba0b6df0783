import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { reportPdfPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { makeReport, type Report, reportPdf } from '../use-cases/write-report.ts';
import { planAsked, planCrumbs } from './opened.ts';

const reportView = view<Report & { readonly pdfHref: string }>('capabilities/readiness/pages/report/page.njk');

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
        { ...(await makeReport(ctx, opened)), pdfHref: reportPdfPath(opened.plan.id) },
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
    handle: async (request, ctx) => ({
      kind: 'file',
      name: 'delivery-plan-report.pdf',
      type: 'application/pdf',
      body: await reportPdf(ctx, await planAsked(request, ctx)),
    }),
  },
];
