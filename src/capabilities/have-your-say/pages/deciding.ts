import { randomUUID } from 'node:crypto';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import type { Decision } from '../domain/reading.ts';
import { roundState } from '../domain/round.ts';
import { readRoundPath, resultsPath } from '../paths.ts';
import { manageRounds, readAnswers } from '../policy.ts';
import { decide, listDecisions, publishResults, takeDecisionOut } from '../use-cases/decide.ts';
import { countAddresses, findCodeBook } from '../use-cases/read-answers.ts';
import { personOf } from './moderating.ts';
import { readCrumbs } from './reading.ts';
import { roundAsked } from './round-asked.ts';

/** What a decision can have changed, by the kinds under which their owners answer for them. */
const changeable = [
  { kind: 'guidance-page-version', words: 'A version of a page of the guide' },
  { kind: 'practice-example', words: 'An example of practice' },
  { kind: 'event', words: 'An event' },
  { kind: 'check-rule', words: 'A rule of the check' },
  { kind: 'funding-rule', words: 'A rule of funding' },
  { kind: 'standard', words: 'An occupational standard' },
] as const;

type Typed = { readonly theme: string; readonly text: string; readonly kind: string; readonly reference: string };
export type ShownDecision = {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly href: string;
};
const decisionsView = view<{
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly round: string;
  readonly action: string;
  readonly id: string;
  readonly published: boolean;
  readonly mayDecide: boolean;
  readonly mayPublish: boolean;
  readonly waiting: string;
  readonly bookHref: string;
  readonly kinds: readonly { readonly kind: string; readonly words: string }[];
  readonly typed: Typed;
  readonly themes: readonly {
    readonly id: string;
    readonly name: string;
    readonly decisions: readonly ShownDecision[];
  }[];
}>('capabilities/have-your-say/pages/reading/decisions.njk');

/** What has no versions, and words that may be taken out or taken back: it is called as it is called now, or not at all. */
const calledAsNow = 'practice-example';

/** A decision with what it changed: called as it was then, and linked while it is there. */
export const shownDecision = async (ctx: Context, one: Decision): Promise<ShownDecision> => {
  const { referenceKind: kind, referenceId: id } = one;
  const there = kind === '' ? null : await ctx.references.find(ctx, { kind, id });
  return {
    id: one.id,
    text: one.text,
    title: kind === calledAsNow ? (there?.title ?? 'An example that was taken back') : one.referenceTitle,
    href: there?.href ?? '',
  };
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed; readonly id?: string } = {},
): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const problems = more.problems ?? [];
  const here = readRoundPath(round.slug);
  const book = await findCodeBook(ctx, round.id);
  const decisions = await listDecisions(ctx, round.id);
  const state = roundState(round, ctx.clock());
  const themes = [];
  for (const theme of book?.themes ?? []) {
    const theirs = [];
    for (const one of decisions) if (one.theme === theme.id) theirs.push(await shownDecision(ctx, one));
    themes.push({ id: theme.id, name: theme.name, decisions: theirs });
  }
  return page(
    decisionsView,
    {
      problems,
      doneWords: request.query.has('done') ? 'It is done.' : '',
      round: round.title,
      action: `${here}/decisions`,
      id: more.id ?? randomUUID(),
      published: state === 'results',
      mayDecide: isAllowed(ctx.actor, manageRounds),
      mayPublish: state === 'closed' && decisions.length > 0 && isAllowed(ctx.actor, manageRounds),
      waiting: counted(await countAddresses(ctx, round.id), 'person', 'people'),
      bookHref: `${here}/code-book`,
      kinds: changeable,
      typed: more.typed ?? { theme: '', text: '', kind: '', reference: '' },
      themes,
    },
    {
      title: 'You said, we did',
      crumbs: readCrumbs(round),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const decidingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/read/decisions',
    access: readAnswers,
    audit: 'have-your-say.decisions',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/decisions',
    access: manageRounds,
    audit: 'have-your-say.decide',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim().slice(0, 5000);
      const typed: Typed = {
        theme: text('theme'),
        text: text('text'),
        kind: text('kind'),
        reference: text('reference'),
      };
      const id = formId(fields);
      const kind = changeable.find((one) => one.kind === typed.kind)?.kind;
      const problems: FormProblem[] = [
        ...(typed.text === '' ? [{ field: 'text', text: 'Say what was done, or why nothing was' }] : []),
        ...(kind && typed.reference === '' ? [{ field: 'reference', text: 'Say which one it changed' }] : []),
        ...(!kind && typed.reference !== '' ? [{ field: 'kind', text: 'Choose what kind of thing it changed' }] : []),
      ];
      if (problems.length > 0) return show(request, ctx, { problems, typed, id });
      const reference = kind ? { kind, id: typed.reference } : null;
      const decided = await decide(ctx, personOf(ctx), round, id, { theme: typed.theme, text: typed.text, reference });
      if (decided.kind === 'refused')
        return show(request, ctx, {
          typed,
          id,
          problems: [
            decided.refusal === 'no-such-thing'
              ? { field: 'reference', text: 'There is no such thing on this site' }
              : { field: 'theme', text: 'Choose a theme of the code book' },
          ],
        });
      return redirect(`${readRoundPath(round.slug)}/decisions?done=yes`);
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/decisions/take-out',
    access: manageRounds,
    audit: 'have-your-say.remove-decision',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      await takeDecisionOut(ctx, round, formId((await request.form()).fields));
      return redirect(`${readRoundPath(round.slug)}/decisions?done=yes`);
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/decisions/publish',
    access: manageRounds,
    audit: 'have-your-say.publish-results',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const done = await publishResults(ctx, round);
      if (done.kind === 'ok') return redirect(resultsPath(round.slug));
      return show(request, ctx, {
        problems: [
          {
            field: '',
            text:
              done.refusal === 'not-closed'
                ? 'The round is still open: close it first'
                : 'Say what was done about at least one theme',
          },
        ],
      });
    },
  },
];
