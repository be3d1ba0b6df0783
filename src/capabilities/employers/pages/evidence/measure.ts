import { randomUUID } from 'node:crypto';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import type { EvidenceMeasure, OwnMeasure } from '../../domain/evidence-policy.ts';
import { measureWords, policyWords } from '../../domain/evidence-words.ts';
import { longestLine, readDay } from '../../domain/typed.ts';
import { measurePath } from '../../paths.ts';
import { enterMeasure, keepEmployers, setInstanceMeasure } from '../../policy.ts';
import { policyInForce, todayOf } from '../../use-cases/evidence-record.ts';
import { keepingFor } from '../../use-cases/keep-employers.ts';
import { measuresSet, setMeasure } from '../../use-cases/set-evidence-measure.ts';
import { evidenceCrumbs } from './keeping.ts';

const numbers = ['employers', 'letters', 'regions', 'sizes', 'ageMonths'] as const;
type Numbers = Readonly<Record<(typeof numbers)[number], string>>;
type Typed = Numbers & { readonly from: string; readonly source: string };

type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly whose: string;
  readonly now: string;
  readonly id: string;
  readonly action: string;
  readonly forWhom: string;
  readonly everyoneHref: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly value: string;
  }[];
  readonly typed: Typed;
  readonly earlier: readonly {
    readonly from: string;
    readonly whose: string;
    readonly words: string;
    readonly source: string;
  }[];
};

const measureView = view<Model>('capabilities/employers/pages/evidence/measure.njk');

const labels: Readonly<Record<keyof Numbers, readonly [label: string, hint: string]>> = {
  employers: ['Employers', 'Different employers, for each occupation'],
  letters: ['Employers with a signed letter', ''],
  regions: ['Regions', 'From how many of the 12 regions and nations'],
  sizes: ['Sizes of employer', 'Of the four: micro, small, medium, large'],
  ageMonths: ['Age in months', 'What is older does not count'],
};

/** The largest number of each that can be met: there are 12 regions and nations, and four sizes. */
const largest: Readonly<Record<keyof Numbers, number>> = {
  employers: 1000,
  letters: 1000,
  regions: 12,
  sizes: 4,
  ageMonths: 120,
};

type Whose = { readonly organisation: string | null; readonly name: string };

const everyone: Whose = { organisation: null, name: 'every organisation of this instance' };

/** For whom somebody sets numbers: their organisation; an administrator, where they ask for it or keep no employers, for everyone. */
const whoseOf = (ctx: Context, asked: string | null): Whose => {
  const [keeping] = ctx.actor.kind === 'person' ? keepingFor(ctx.actor) : [];
  if (!keeping || (asked === 'everyone' && isAllowed(ctx.actor, setInstanceMeasure))) return everyone;
  return keeping;
};

const emptyOf = (ctx: Context, newest: OwnMeasure | undefined): Typed => {
  const text = (number: number | null | undefined): string => (number ? String(number) : '');
  return {
    employers: text(newest?.measure.employers),
    letters: text(newest?.measure.letters),
    regions: text(newest?.measure.regions),
    sizes: text(newest?.measure.sizes),
    ageMonths: text(newest?.measure.ageMonths),
    from: todayOf(ctx),
    source: '',
  };
};

const show = async (
  ctx: Context,
  { organisation, name }: Whose,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: Typed;
    readonly id?: string;
    readonly done?: string;
  } = {},
): Promise<Answer> => {
  const set = await measuresSet(ctx, organisation);
  const problems = more.problems ?? [];
  const typed =
    more.typed ??
    emptyOf(
      ctx,
      set.find((one) => one.organisation === organisation),
    );
  const policy = await policyInForce(ctx, organisation);
  return page(
    measureView,
    {
      problems,
      doneWords: more.done === 'set' ? 'The numbers are set.' : '',
      whose: name,
      now: policyWords(policy),
      id: more.id ?? randomUUID(),
      action: measurePath,
      forWhom: organisation === null ? 'everyone' : '',
      everyoneHref:
        organisation !== null && isAllowed(ctx.actor, setInstanceMeasure) ? `${measurePath}?for=everyone` : '',
      fields: numbers.map((one) => ({
        name: one,
        label: labels[one][0],
        hint: labels[one][1],
        value: typed[one],
      })),
      typed,
      earlier: set.map((one) => ({
        from: day(one.from),
        whose: one.organisation === null ? 'This instance' : name,
        words: measureWords(one.measure),
        source: one.source,
      })),
    },
    {
      title: 'What evidence is measured against',
      crumbs: isAllowed(ctx.actor, keepEmployers) ? evidenceCrumbs : [{ text: 'Start', href: '/' }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const read = (
  typed: Typed,
): { readonly measure: EvidenceMeasure; readonly from: string; readonly problems: readonly FormProblem[] } => {
  const problems: FormProblem[] = [];
  const number = (name: keyof Numbers): number | null => {
    if (typed[name] === '') return null;
    const value = /^\d{1,4}$/.test(typed[name]) ? Number(typed[name]) : 0;
    if (value >= 1 && value <= largest[name]) return value;
    problems.push({
      field: name,
      text: `${labels[name][0]}: enter a whole number from 1 to ${largest[name]}, or leave it empty`,
    });
    return null;
  };
  const measure = {
    employers: number('employers'),
    letters: number('letters'),
    regions: number('regions'),
    sizes: number('sizes'),
    ageMonths: number('ageMonths'),
  };
  const from = readDay(typed.from);
  if (from === null) problems.push({ field: 'from', text: 'Enter a day, such as 2026-12-01' });
  if (typed.source === '') problems.push({ field: 'source', text: 'Say where the numbers come from' });
  if (typed.source.length > longestLine)
    problems.push({ field: 'source', text: `Use up to ${longestLine} characters` });
  return { measure, from: from ?? '', problems };
};

export const measureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: measurePath,
    access: enterMeasure,
    audit: 'employers.evidence-measure',
    handle: (request, ctx) =>
      show(ctx, whoseOf(ctx, request.query.get('for')), { done: request.query.get('done') ?? '' }),
  },
  {
    method: 'POST',
    path: measurePath,
    access: enterMeasure,
    audit: 'employers.set-evidence-measure',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string): string => (fields.get(name) ?? '').trim();
      const typed: Typed = {
        employers: text('employers'),
        letters: text('letters'),
        regions: text('regions'),
        sizes: text('sizes'),
        ageMonths: text('ageMonths'),
        from: text('from'),
        source: text('source'),
      };
      const id = formId(fields);
      const { measure, from, problems } = read(typed);
      const whose = whoseOf(ctx, fields.get('for'));
      if (problems.length > 0) return show(ctx, whose, { problems, typed, id });
      const { organisation } = whose;
      await setMeasure(ctx, { id, organisation, from, measure, source: typed.source });
      return redirect(`${measurePath}?done=set${text('for') === 'everyone' ? '&for=everyone' : ''}`);
    },
  },
];
