import type { Referred } from '#kernel/reference.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { checkRuleKind, checkRules } from '../../domain/check-rules.ts';
import { checkPath, rulesPath } from '../../paths.ts';
import { criteriaAt } from '../../use-cases/current-criteria.ts';

type RulesModel = {
  readonly since: string;
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly answer: string;
    readonly source: string;
    readonly explainedIn: readonly Referred[];
  }[];
};

const rulesView = view<RulesModel>('capabilities/alignment/pages/rules/page.njk');

const answerWords = {
  verdict: 'Decides the verdict',
  advice: 'Told beside the verdict, for a person to judge',
} as const;

export const rulesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: rulesPath,
    access: 'anyone',
    audit: 'alignment.rules',
    sameForAll: true,
    handle: async (_request, ctx) =>
      page(
        rulesView,
        {
          since: day(criteriaAt(ctx.clock()).from),
          rules: await Promise.all(
            checkRules.map(async ({ id, title, text, answers, source }) => ({
              id,
              title,
              text,
              answer: answerWords[answers],
              source,
              explainedIn: await ctx.references.pointingAt(ctx, { kind: checkRuleKind, id }),
            })),
          ),
        },
        {
          title: 'What is checked',
          crumbs: [
            { text: 'Start', href: '/' },
            { text: 'Check a qualification', href: checkPath },
          ],
          description: 'Every rule that the check of a qualification works by, with its source.',
        },
      ),
  },
];
