import { londonDay } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import { slugOf } from '#kernel/slug.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import {
  type Fact,
  type FactKind,
  type FactText,
  factKinds,
  factKindWords,
  factWords,
  hasEnded,
  valueOn,
  waitingValue,
} from '../domain/fact.ts';
import { factPath, factsPath, guidePagePath, newFactPath } from '../paths.ts';
import { edit } from '../policy.ts';
import {
  addNewFact,
  confirmFact,
  discardFactValue,
  type FactRefusal,
  factAddress,
  findFact,
  listFacts,
  pagesThatName,
  proposeFactValue,
} from '../use-cases/facts.ts';
import { editorOf } from './editor.ts';
import { crumbs } from './show-page.ts';

type ListModel = {
  readonly newHref: string;
  readonly groups: readonly {
    readonly title: string;
    readonly id: string;
    readonly facts: readonly {
      readonly title: string;
      readonly href: string;
      readonly words: string;
      readonly source: string;
      readonly ended: boolean;
      readonly waits: boolean;
    }[];
  }[];
};
type Typed = Omit<FactText, 'href' | 'holdsUntil'> & { readonly href: string; readonly holdsUntil: string };
type FormModel = { readonly problems: readonly FormProblem[]; readonly typed: Typed; readonly action: string };
type FactModel = FormModel & {
  readonly doneWords: string;
  readonly title: string;
  readonly kind: string;
  readonly words: string;
  readonly address: string;
  readonly values: readonly {
    readonly value: string;
    readonly from: string;
    readonly until: string;
    readonly source: string;
    readonly waits: boolean;
  }[];
  readonly usedBy: readonly { readonly title: string; readonly href: string }[];
  readonly mayEdit: boolean;
  readonly waiting: { readonly words: string; readonly from: string; readonly byYou: boolean } | null;
};
type NewModel = FormModel & {
  readonly kinds: readonly { readonly value: FactKind; readonly text: string }[];
  readonly kind: string;
  readonly title: string;
};

const folder = 'capabilities/guidance/pages/fact';
const listView = view<ListModel>(`${folder}/list.njk`);
const factView = view<FactModel>(`${folder}/page.njk`);
const newView = view<NewModel>(`${folder}/new.njk`);

const doneWords: Readonly<Record<string, string>> = {
  proposed: 'It is written down. Readers see it once a second person has confirmed it.',
  confirmed: 'It is confirmed, and stands on every page that names it.',
  discarded: 'What waited was thrown away.',
};

const refusalWords: Readonly<Record<FactRefusal, string>> = {
  unknown: 'This fact is not here any more',
  taken: 'There is a fact of this name already',
  'one-waits': 'Another value waits to be confirmed. Confirm it or throw it away first',
  'nothing-waits': 'Nothing waits to be confirmed',
  'needs-second-person': 'You wrote it, so someone else has to confirm it',
  'others-can': 'You wrote it, and there are other editors who can confirm it',
};

const today = (ctx: Context): string => londonDay(ctx.clock());

const factAsked = async (request: PageRequest, ctx: Context): Promise<Fact> => {
  const found = await findFact(ctx, request.params.fact ?? '');
  if (!found) throw notFound('There is no such fact.');
  return found;
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const typedIn = (fields: URLSearchParams): Typed => {
  const text = (name: string) => (fields.get(name) ?? '').trim();
  return {
    value: text('value'),
    href: text('href'),
    note: text('note'),
    source: text('source'),
    holdsFrom: text('holdsFrom'),
    holdsUntil: text('holdsUntil'),
  };
};

const problemsOf = (typed: Typed): readonly FormProblem[] => [
  ...(typed.value === '' ? [{ field: 'value', text: 'Enter what holds' }] : []),
  ...(typed.href !== '' && !/^(?:mailto:|tel:|https:\/\/)\S+$/.test(typed.href)
    ? [{ field: 'href', text: 'Enter an address that begins with mailto:, tel: or https://' }]
    : []),
  ...(typed.source === '' ? [{ field: 'source', text: 'Say where this stands' }] : []),
  ...(isDay(typed.holdsFrom) ? [] : [{ field: 'holdsFrom', text: 'Enter a date such as 2026-09-01' }]),
  ...(typed.holdsUntil === '' || isDay(typed.holdsUntil)
    ? []
    : [{ field: 'holdsUntil', text: 'Enter a date such as 2027-07-31, or leave it empty' }]),
  ...(isDay(typed.holdsFrom) && isDay(typed.holdsUntil) && typed.holdsUntil < typed.holdsFrom
    ? [{ field: 'holdsUntil', text: 'It cannot end before it begins' }]
    : []),
];

const asText = (typed: Typed): FactText => ({
  ...typed,
  href: typed.href === '' ? null : typed.href,
  holdsUntil: typed.holdsUntil === '' ? null : typed.holdsUntil,
});

const showFact = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed } = {},
): Promise<Answer> => {
  const fact = await factAsked(request, ctx);
  const on = today(ctx);
  const now = valueOn(fact, on);
  const mayEdit = isAllowed(ctx.actor, edit);
  const waiting = waitingValue(fact);
  const problems = more.problems ?? [];
  return page(
    factView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      title: fact.title,
      kind: factKindWords[fact.kind],
      words: now ? factWords(now, on, day) : 'Not confirmed yet',
      address: factAddress(fact.id),
      values: fact.values
        .filter((one) => one.confirmedAt !== null || mayEdit)
        .map((one) => ({
          value: one.note === '' ? one.value : `${one.value} (${one.note})`,
          from: day(one.holdsFrom),
          until: one.holdsUntil ? day(one.holdsUntil) : '',
          source: one.source,
          waits: one.confirmedAt === null,
        })),
      usedBy: (await pagesThatName(ctx, factAddress(fact.id))).map((one) => ({
        title: one.current.title,
        href: guidePagePath(one.id),
      })),
      mayEdit,
      waiting: waiting
        ? {
            words: waiting.note === '' ? waiting.value : `${waiting.value} (${waiting.note})`,
            from: day(waiting.holdsFrom),
            byYou: ctx.actor.kind === 'person' && ctx.actor.id === waiting.writtenBy,
          }
        : null,
      typed: more.typed ?? {
        value: now?.value ?? '',
        href: now?.href ?? '',
        note: '',
        source: '',
        holdsFrom: on,
        holdsUntil: '',
      },
      action: factPath(fact.id),
    },
    {
      title: fact.title,
      crumbs: [...crumbs, { text: 'Contacts and facts', href: factsPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const showNew = (ctx: Context, more: Partial<NewModel> = {}): Answer => {
  const problems = more.problems ?? [];
  return page(
    newView,
    {
      problems,
      kinds: factKinds.map((value) => ({ value, text: factKindWords[value] })),
      kind: more.kind ?? 'contact',
      title: more.title ?? '',
      typed: more.typed ?? { value: '', href: '', note: '', source: '', holdsFrom: today(ctx), holdsUntil: '' },
      action: newFactPath,
    },
    {
      title: 'A new contact or fact',
      crumbs: [...crumbs, { text: 'Contacts and facts', href: factsPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const groupTitles: Readonly<Record<FactKind, string>> = {
  contact: 'Contacts',
  body: 'Bodies',
  date: 'Dates',
  figure: 'Figures',
};

export const factRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: factsPath,
    access: 'anyone',
    audit: 'guidance.facts',
    handle: async (_request, ctx) => {
      const on = today(ctx);
      const mayEdit = isAllowed(ctx.actor, edit);
      const byKind = Map.groupBy(await listFacts(ctx), (one) => one.kind);
      return page(
        listView,
        {
          newHref: mayEdit ? newFactPath : '',
          groups: factKinds.flatMap((kind) => {
            const facts = (byKind.get(kind) ?? []).flatMap((fact) => {
              const now = valueOn(fact, on);
              if (!now && !mayEdit) return [];
              return [
                {
                  title: fact.title,
                  href: factPath(fact.id),
                  words: now ? factWords(now, on, day) : 'Not confirmed yet',
                  source: now?.source ?? '',
                  ended: now !== null && hasEnded(now, on),
                  waits: mayEdit && waitingValue(fact) !== null,
                },
              ];
            });
            return facts.length > 0 ? [{ title: groupTitles[kind], id: `kind-${kind}`, facts }] : [];
          }),
        },
        {
          title: 'Contacts and facts',
          crumbs,
          description: 'Addresses, bodies, dates and figures that the guidance names, each with its source.',
        },
      );
    },
  },
  {
    method: 'GET',
    path: newFactPath,
    access: edit,
    audit: 'guidance.new-fact-form',
    handle: async (_request, ctx) => showNew(ctx),
  },
  {
    method: 'POST',
    path: newFactPath,
    access: edit,
    audit: 'guidance.new-fact',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = typedIn(fields);
      const title = (fields.get('title') ?? '').trim();
      const kind = factKinds.find((one) => one === fields.get('kind'));
      const id = slugOf(title);
      const problems = [
        ...(id === '' ? [{ field: 'title', text: 'Say what it is, such as Questions on approval' }] : []),
        ...(kind ? [] : [{ field: 'kind', text: 'Choose what kind of fact it is' }]),
        ...problemsOf(typed),
      ];
      if (problems.length > 0 || !kind) return showNew(ctx, { problems, typed, title, kind: kind ?? '' });
      const answer = await addNewFact(ctx, editorOf(ctx), { id, kind, title }, asText(typed));
      if (answer.kind === 'refused')
        return showNew(ctx, {
          problems: [{ field: 'title', text: refusalWords[answer.refusal] }],
          typed,
          title,
          kind,
        });
      return redirect(`${factPath(id)}?done=proposed`);
    },
  },
  {
    method: 'GET',
    path: `${factsPath}/:fact`,
    access: 'anyone',
    audit: 'guidance.fact',
    handle: (request, ctx) => showFact(request, ctx),
  },
  {
    method: 'POST',
    path: `${factsPath}/:fact`,
    access: edit,
    audit: 'guidance.propose-fact',
    handle: async (request, ctx) => {
      const fact = await factAsked(request, ctx);
      const typed = typedIn((await request.form()).fields);
      const problems = problemsOf(typed);
      if (problems.length > 0) return showFact(request, ctx, { problems, typed });
      const answer = await proposeFactValue(ctx, editorOf(ctx), fact.id, asText(typed));
      if (answer.kind === 'refused')
        return showFact(request, ctx, { problems: [{ field: '', text: refusalWords[answer.refusal] }], typed });
      return redirect(`${factPath(fact.id)}?done=proposed`);
    },
  },
  {
    method: 'POST',
    path: `${factsPath}/:fact/confirm`,
    access: edit,
    audit: 'guidance.confirm-fact',
    handle: async (request, ctx) => {
      const fact = await factAsked(request, ctx);
      const answer = await confirmFact(ctx, editorOf(ctx), fact.id);
      if (answer.kind === 'refused')
        return showFact(request, ctx, { problems: [{ field: '', text: refusalWords[answer.refusal] }] });
      return redirect(`${factPath(fact.id)}?done=confirmed`);
    },
  },
  {
    method: 'POST',
    path: `${factsPath}/:fact/discard`,
    access: edit,
    audit: 'guidance.discard-fact',
    handle: async (request, ctx) => {
      const fact = await factAsked(request, ctx);
      await discardFactValue(ctx, fact.id);
      return redirect(`${factPath(fact.id)}?done=discarded`);
    },
  },
];
