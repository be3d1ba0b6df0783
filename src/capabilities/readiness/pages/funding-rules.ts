import type { Referred } from '#kernel/reference.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { fundingRulesPath } from '../paths.ts';
import { clawbackRule, fundingRuleKind, fundingRules } from '../use-cases/reference-data.ts';
import { percent } from './amount.ts';
import { crumbs } from './plans.ts';

type Model = {
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly when: string;
    readonly needs: readonly string[];
    readonly source: string;
    /** Where it can be read; empty: not known. */
    readonly sourceHref: string;
    readonly explainedIn: readonly Referred[];
  }[];
};

const rulesView = view<Model>('capabilities/readiness/pages/plans/funding-rules.njk');

export const fundingRulesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: fundingRulesPath,
    access: 'anyone',
    audit: 'readiness.funding-rules',
    sameForAll: true,
    handle: async (_request, ctx) => {
      const explainedIn = (id: string) => ctx.references.pointingAt(ctx, { kind: fundingRuleKind, id });
      return page(
        rulesView,
        {
          rules: [
            ...(await Promise.all(
              fundingRules.routes.map(async (one) => ({
                id: one.id,
                title: one.title,
                when: one.until
                  ? `For study from ${day(one.from)} to ${day(one.until)}`
                  : `For study from ${day(one.from)} on`,
                needs: one.needs.map((need) => need.why),
                source: one.source,
                sourceHref: one.sourceHref ?? '',
                explainedIn: await explainedIn(one.id),
              })),
            )),
            {
              id: 'clawback',
              title: 'What a fund takes back',
              when: `${clawbackRule.fund}, from ${day(clawbackRule.from)}`,
              needs: [
                `Nothing goes back where ${percent(clawbackRule.shareThatIsEnough)} of the predicted learners come; below that the difference, as a share of the money`,
              ],
              source: clawbackRule.source,
              sourceHref: clawbackRule.sourceHref ?? '',
              explainedIn: await explainedIn('clawback'),
            },
          ],
        },
        {
          title: 'Rules of funding',
          crumbs,
          description: 'Every rule by which plans say whether learners can be funded, with its dates and its source.',
        },
      );
    },
  },
];
