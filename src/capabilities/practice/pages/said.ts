import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { outcomeWords } from '../domain/example.ts';
import { examplePath, saidPath } from '../paths.ts';
import { moderate } from '../policy.ts';
import { findExample } from '../use-cases/read.ts';
import { decideOnSaid, findTried, type SaidRefusal } from '../use-cases/say-tried.ts';
import { crumbs } from './reading.ts';
import { tooLong } from './share-steps.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly provider: string;
  readonly when: string;
  readonly outcome: string;
  readonly cost: string;
  readonly text: string;
  readonly example: { readonly title: string; readonly href: string };
  /** Why it is taken out; empty: readers have it. */
  readonly leftOut: string;
  readonly action: string;
  /** When it was said, in milliseconds. */
  readonly seen: number;
  readonly reason: string;
};

const saidView = view<Model>('capabilities/practice/pages/queue/said.njk');

const moderatorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(moderate);
  return ctx.actor;
};

const refusalWords: Readonly<Record<SaidRefusal, string>> = {
  unknown: 'It was taken back meanwhile',
  changed: 'It was said anew after you opened this page. Read it again',
  'needs-second-person': 'It is your own organisation’s: this instance wants someone else to decide',
  'others-can': 'It is your own organisation’s, and there are other moderators who can decide',
};

const show = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  reason = '',
): Promise<Answer> => {
  const one = await findTried(ctx, request.params.said ?? '');
  const example = one && (await findExample(ctx, one.example));
  if (!one || !example) throw notFound('Nobody says so, or it was taken back.');
  return page(
    saidView,
    {
      problems,
      doneWords: request.query.has('done') ? 'It is decided, and whoever said it is told.' : '',
      provider: one.provider,
      when: day(one.at),
      outcome: outcomeWords[one.outcome],
      cost: one.cost,
      text: one.text,
      example: { title: example.text.title, href: examplePath(example.id) },
      leftOut: one.leftOut ?? '',
      action: saidPath(one.id),
      seen: one.at.getTime(),
      reason,
    },
    {
      title: `What ${one.provider} says`,
      crumbs: [...crumbs, { text: example.text.title, href: examplePath(example.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** What a provider says of an example is there at once, under its name; a moderator can take it out. */
export const saidRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/practice/said/:said',
    access: moderate,
    audit: 'practice.said',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/practice/said/:said',
    access: moderate,
    audit: 'practice.decide-on-said',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const back = fields.get('do') === 'put-back';
      const reason = (fields.get('reason') ?? '').replaceAll('\r\n', '\n').trim();
      const problems = back
        ? []
        : [
            ...(reason === '' ? [{ field: 'reason', text: 'Say why, for whoever said it' }] : []),
            ...tooLong(fields, ['reason']),
          ];
      if (problems.length > 0) return show(request, ctx, problems, reason);
      const id = request.params.said ?? '';
      const seen = new Date(Number(fields.get('seen')) || 0);
      const done = await decideOnSaid(ctx, moderatorOf(ctx), id, seen, back ? null : reason);
      if (done.kind === 'refused') return show(request, ctx, [{ field: '', text: refusalWords[done.refusal] }], reason);
      return redirect(`${saidPath(id)}?done=yes`);
    },
  },
];
