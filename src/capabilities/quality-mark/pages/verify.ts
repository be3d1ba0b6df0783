import type { Context } from '#platform/context.ts';
import { drawingElements } from '#platform/files/check-svg.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { type Verdict, verdictSentence } from '../domain/verdict.ts';
import { issuerPath, markPath, verifyPath } from '../paths.ts';
import { issuerDocument } from '../use-cases/keys.ts';
import { sourcesHere, verifyFile } from '../use-cases/verify-credential.ts';
import { factsHeading, verdictFacts } from '../verdict-facts.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly found: {
    readonly tone: 'good' | 'bad' | 'open';
    readonly sentence: string;
    readonly lines: readonly string[];
    readonly heading: string;
    readonly facts: ReturnType<typeof verdictFacts>;
  } | null;
  readonly action: string;
  readonly typed: string;
  /** For the check in the browser: who signs here, and what an SVG may be made of. */
  readonly keys: string;
  readonly drawing: string;
  readonly issuerHref: string;
};

const verifyView = view<Model>('capabilities/quality-mark/pages/verify/page.njk');

const tones = {
  valid: 'good',
  ended: 'bad',
  altered: 'bad',
  'not-yet': 'open',
  'not-known': 'open',
  unreadable: 'open',
} as const;

const show = async (
  ctx: Context,
  more: { readonly verdict?: Verdict; readonly problems?: readonly FormProblem[]; readonly typed?: string } = {},
): Promise<Answer> => {
  const { verdict, problems = [], typed = '' } = more;
  const sentence = verdict ? verdictSentence(verdict) : '';
  return page(
    verifyView,
    {
      problems,
      found: verdict
        ? {
            tone: tones[verdict.kind],
            sentence,
            lines: 'words' in verdict ? [verdict.words] : [],
            heading: factsHeading(verdict),
            facts: verdictFacts(verdict),
          }
        : null,
      action: verifyPath,
      typed,
      keys: JSON.stringify(await issuerDocument(ctx)),
      drawing: [...drawingElements].join(' '),
      issuerHref: `${ctx.address}${issuerPath}`,
    },
    {
      title: sentence === '' ? 'Check a credential' : `Check a credential: ${sentence}`,
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Quality mark', href: markPath },
      ],
      description: 'Whether a credential of the quality mark is genuine, and whether it still holds.',
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const verifyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: verifyPath,
    access: 'anyone',
    audit: 'quality-mark.verify-form',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'POST',
    path: verifyPath,
    access: 'anyone',
    audit: 'quality-mark.verify',
    perMinute: 60,
    handle: async (request, ctx) => {
      const { fields, files } = await request.form();
      const typed = (fields.get('text') ?? '').trim();
      const bytes =
        files.find((one) => one.field === 'file')?.bytes ?? (typed === '' ? null : new TextEncoder().encode(typed));
      if (bytes === null)
        return show(ctx, { problems: [{ field: 'file', text: 'Choose a picture or a credential, or paste one' }] });
      return show(ctx, { verdict: await verifyFile(bytes, sourcesHere(ctx), ctx.clock()), typed });
    },
  },
];
