import { randomUUID } from 'node:crypto';
import { membershipOf, speaksFor } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { contradict, type Example, type Outcome, outcomes, outcomeWords, type Tried } from '../domain/example.ts';
import { collectionPath, decidePath, exampleFilePath, examplePath, saidPath, themePath } from '../paths.ts';
import { moderate, sayTried } from '../policy.ts';
import { listFiles, openFile } from '../use-cases/attach.ts';
import { collectionsWith } from '../use-cases/collections.ts';
import { exampleKind } from '../use-cases/findable.ts';
import { findExample, listTried } from '../use-cases/read.ts';
import { sayHowItWent, takeBackTried } from '../use-cases/say-tried.ts';
import { themeOf } from '../use-cases/themes.ts';
import { sayUseful } from '../use-cases/usefulness.ts';
import { fileAnswer } from './file-answer.ts';
import { crumbs } from './reading.ts';
import { type ShownExample, shownExample, shownFile } from './words.ts';

type Said = {
  readonly provider: string;
  readonly when: string;
  readonly cost: string;
  readonly text: string;
  /** For moderators; empty: others. */
  readonly decideHref: string;
};
/** What one provider says of it, as the form has it. */
type Typed = {
  readonly which: string;
  readonly outcome: string;
  readonly cost: string;
  readonly text: string;
};
type Model = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly shown: ShownExample;
  readonly published: string;
  /** Who does it and who tried it, apart; each with the outcomes side by side. */
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly columns: readonly { readonly title: string; readonly all: readonly Said[] }[];
  }[];
  readonly contradiction: string;
  /** The provider whose word is asked for; `null`: the reader speaks for none, or for the one that the example is from. */
  readonly provider: { readonly id: string; readonly name: string; readonly one: boolean } | null;
  readonly saidBefore: boolean;
  /** Why a moderator took out what that provider said; empty: it is there. */
  readonly takenOut: string;
  /** What moderators took out, for moderators. */
  readonly leftOut: readonly { readonly provider: string; readonly href: string }[];
  readonly whiches: readonly { readonly value: string; readonly text: string }[];
  readonly outcomes: readonly { readonly value: string; readonly text: string }[];
  readonly typed: Typed;
  readonly action: string;
  readonly adoptHref: string;
  readonly moderateHref: string;
  readonly usefulId: string;
  readonly collections: readonly Referred[];
  readonly pointing: readonly Referred[];
};

const exampleView = view<Model>('capabilities/practice/pages/read/example.njk');

const whiches = [
  { value: 'does', text: 'We do this too' },
  { value: 'tried', text: 'We tried it, and do not do it now' },
] as const;

const doneWords: Readonly<Record<string, string>> = {
  said: 'It is there. Saying it anew puts it right.',
  back: 'What your provider said is gone.',
  waits: 'It is saved. What was there before was taken out, so a moderator reads it first.',
  useful: 'Thank you. Your answer is counted, and nothing else is kept.',
};

/** In groups, and in each the outcomes that anybody names, in one order, so that they stand side by side. */
const groupsOf = (tried: readonly Tried[], mayModerate: boolean): Model['groups'] => {
  const named = outcomes.filter((outcome) => tried.some((one) => one.outcome === outcome));
  return [
    { id: 'do', title: 'They do this too', said: tried.filter((one) => one.doesIt) },
    { id: 'tried-it', title: 'They tried it', said: tried.filter((one) => !one.doesIt) },
  ]
    .filter(({ said }) => said.length > 0)
    .map(({ id, title, said }) => ({
      id,
      title: `${title}: ${counted(said.length, 'provider')}`,
      columns: named.map((outcome) => ({
        title: outcomeWords[outcome],
        all: said
          .filter((one) => one.outcome === outcome)
          .map((one) => ({
            provider: one.provider,
            when: day(one.at),
            cost: one.cost,
            text: one.text,
            decideHref: mayModerate ? saidPath(one.id) : '',
          })),
      })),
    }));
};

const contradictionOf = (tried: readonly Tried[]): string => {
  const count = (outcome: Outcome) => tried.filter((one) => one.outcome === outcome).length;
  return contradict(tried)
    ? `They do not agree: it worked for ${count('yes')}, and did not for ${count('no')}. Compare what each did and what it cost.`
    : '';
};

const exampleAsked = async (request: PageRequest, ctx: Context): Promise<Example> => {
  const one = await findExample(ctx, request.params.example ?? '');
  if (one?.state !== 'published') throw notFound('There is no such example, or it was taken back.');
  return one;
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed } = {},
): Promise<Answer> => {
  const one = await exampleAsked(request, ctx);
  const said = await listTried(ctx, one.id);
  const tried = said.filter((each) => each.leftOut === null);
  const problems = more.problems ?? [];
  const { actor } = ctx;
  const provider = actor.kind === 'person' ? speaksFor(actor) : null;
  const before = said.find((each) => each.organisation === provider?.organisation);
  const mayModerate = isAllowed(actor, moderate);
  const done = request.query.get('done') ?? '';
  const files = (await listFiles(ctx, one.id)).filter((file) => file.heldBack === null);
  return page(
    exampleView,
    {
      doneWords: doneWords[done === 'said' && before?.leftOut ? 'waits' : done] ?? '',
      problems,
      shown: shownExample(
        one,
        londonDay(ctx.clock()),
        files.map((file) => shownFile(file, exampleFilePath(one.id, file.id))),
      ),
      published: one.publishedAt ? day(one.publishedAt) : '',
      groups: groupsOf(tried, mayModerate),
      contradiction: contradictionOf(tried),
      provider:
        actor.kind === 'person' && provider && provider.organisation !== one.organisation
          ? {
              id: provider.organisation,
              name: provider.name,
              one: actor.memberships.filter((each) => each.kind === 'provider').length === 1,
            }
          : null,
      saidBefore: before !== undefined,
      takenOut: before?.leftOut ?? '',
      leftOut: mayModerate
        ? said.flatMap((each) => (each.leftOut === null ? [] : [{ provider: each.provider, href: saidPath(each.id) }]))
        : [],
      whiches,
      outcomes: outcomes.map((value) => ({ value, text: outcomeWords[value] })),
      typed: more.typed ?? {
        which: before ? (before.doesIt ? 'does' : 'tried') : '',
        outcome: before?.outcome ?? '',
        cost: before?.cost ?? '',
        text: before?.text ?? '',
      },
      action: examplePath(one.id),
      adoptHref: `/plans/adopt?example=${one.id}`,
      moderateHref: mayModerate ? decidePath(one.id) : '',
      usefulId: randomUUID(),
      collections: (await collectionsWith(ctx, one.id)).map(({ title, slug }) => ({
        title,
        href: collectionPath(slug),
      })),
      pointing: await ctx.references.pointingAt(ctx, { kind: exampleKind, id: one.id }),
    },
    {
      title: one.text.title,
      crumbs: [...crumbs, { text: themeOf(one.text.theme)?.title ?? 'Theme', href: themePath(one.text.theme) }],
      description: one.text.summary.slice(0, 200),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** Characters of what a provider says of its cost, and of how it went. */
const longestCost = 200;
const longestText = 4000;

export const examplePageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/practice/examples/:example',
    access: 'anyone',
    audit: 'practice.example',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'GET',
    path: '/practice/examples/:example/files/:file',
    access: 'anyone',
    audit: 'practice.file',
    perMinute: 60,
    handle: async (request, ctx) =>
      fileAnswer(await openFile(ctx, await exampleAsked(request, ctx), request.params.file ?? '', false)),
  },
  {
    method: 'POST',
    path: '/practice/examples/:example',
    access: sayTried,
    audit: 'practice.say-tried',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed = { which: text('which'), outcome: text('outcome'), cost: text('cost'), text: text('text') };
      const outcome = outcomes.find((one) => one === typed.outcome);
      const which = whiches.find((one) => one.value === typed.which);
      const { actor } = ctx;
      // The provider that the form named, whichever they act for in another tab by now.
      const provider = actor.kind === 'person' ? membershipOf(actor, text('organisation')) : null;
      const problems = [
        ...(provider
          ? []
          : [{ field: '', text: 'You do not belong to that provider any more: look which one it is for now' }]),
        ...(which ? [] : [{ field: 'which', text: 'Say whether you do this too, or tried it' }]),
        ...(outcome ? [] : [{ field: 'outcome', text: 'Say how it went' }]),
        ...(typed.text === '' ? [{ field: 'text', text: 'Say what you did, and what came of it' }] : []),
        ...(typed.text.length > longestText
          ? [{ field: 'text', text: `Use up to ${longestText.toLocaleString('en-GB')} characters` }]
          : []),
        ...(typed.cost.length > longestCost ? [{ field: 'cost', text: `Use up to ${longestCost} characters` }] : []),
      ];
      if (problems.length > 0 || !outcome || !which || !provider || actor.kind !== 'person')
        return show(request, ctx, { problems, typed });
      const id = request.params.example ?? '';
      const said = { doesIt: which.value === 'does', outcome, cost: typed.cost, text: typed.text };
      if (!(await sayHowItWent(ctx, actor, provider, id, said)))
        throw notFound('There is no such example of another provider, or it was taken back.');
      return redirect(`${examplePath(id)}?done=said`);
    },
  },
  {
    method: 'POST',
    path: '/practice/examples/:example/take-back',
    access: sayTried,
    audit: 'practice.take-back-tried',
    handle: async (request, ctx) => {
      const one = await exampleAsked(request, ctx);
      const organisation = (await request.form()).fields.get('organisation') ?? '';
      const provider = ctx.actor.kind === 'person' ? membershipOf(ctx.actor, organisation) : null;
      if (!provider) throw notFound('You do not belong to that provider.');
      await takeBackTried(ctx, provider, one.id);
      return redirect(`${examplePath(one.id)}?done=back`);
    },
  },
  {
    method: 'POST',
    path: '/practice/examples/:example/useful',
    access: 'anyone',
    audit: 'practice.say-useful',
    perMinute: 10,
    handle: async (request, ctx) => {
      const one = await exampleAsked(request, ctx);
      const { fields } = await request.form();
      const useful = fields.get('useful');
      if (useful === 'yes' || useful === 'no') await sayUseful(ctx, one, formId(fields), useful === 'yes');
      return redirect(`${examplePath(one.id)}?done=useful`);
    },
  },
];
