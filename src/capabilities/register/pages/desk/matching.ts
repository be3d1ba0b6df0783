import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { matchingPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { matchRow, type RowToMatch, rowsToMatch } from '../../use-cases/match-rows.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

type Model = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly countWords: string;
  readonly rows: readonly (RowToMatch & {
    readonly from: string;
    readonly typedProvider: string;
    readonly typedOther: string;
    readonly typedEntry: string;
  })[];
  readonly action: string;
};
const matchingView = view<Model>('capabilities/register/pages/desk/matching.njk');

/** Rows on the page: the rest follow when these are done. */
const shown = 20;

const show = async (
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: { readonly row: string; readonly ukprn: string; readonly other: string; readonly entry: string } = {
    row: '',
    ukprn: '',
    other: '',
    entry: '',
  },
): Promise<Answer> => {
  const { count, rows } = await rowsToMatch(ctx, shown);
  return page(
    matchingView,
    {
      kindWords: await kindWords(ctx),
      problems,
      countWords:
        count === 0
          ? 'Every row is matched.'
          : `${counted(count, 'row matches', 'rows match')} nothing by ${count === 1 ? 'itself' : 'themselves'}.`,
      rows: rows.map((one) => ({
        ...one,
        from: `Row ${one.row} of ${one.source}, as at ${day(one.asAt)}`,
        typedProvider: one.id === typed.row ? typed.ukprn : '',
        typedOther: one.id === typed.row ? typed.other : '',
        typedEntry: one.id === typed.row ? typed.entry : '',
      })),
      action: matchingPath,
    },
    {
      title: 'Rows that match nothing yet',
      crumbs: registerCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepRegister);
  return ctx.actor;
};

export const matchingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: matchingPath,
    access: keepRegister,
    audit: 'register.matching',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'POST',
    path: matchingPath,
    access: keepRegister,
    audit: 'register.match',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = {
        row: fields.get('row') ?? '',
        ukprn: (fields.get('other') ?? '').trim() || (fields.get('ukprn') ?? ''),
        other: (fields.get('other') ?? '').trim(),
        entry: fields.get('entry') ?? '',
      };
      const leaveOut = fields.get('what') === 'leave-out';
      const problems: FormProblem[] = leaveOut
        ? []
        : [
            ...(typed.ukprn === ''
              ? [{ field: `provider-${typed.row}`, text: 'Choose the provider, or enter its UKPRN' }]
              : []),
            ...(typed.other !== '' && !/^[1-9]\d{7}$/.test(typed.other)
              ? [{ field: `other-${typed.row}`, text: 'A UKPRN has eight digits, the first not 0' }]
              : []),
            ...(typed.entry === '' ? [{ field: `entry-${typed.row}`, text: 'Choose the qualification' }] : []),
          ];
      if (problems.length > 0) return show(ctx, problems, typed);
      const done = await matchRow(ctx, editorOf(ctx), typed.row, leaveOut ? null : typed);
      if (done.kind === 'ok') return redirect(matchingPath);
      if (done.refusal === 'unknown') throw notFound('There is no such row any more.');
      return show(
        ctx,
        [
          done.refusal === 'no-provider'
            ? {
                field: `${typed.other === '' ? 'provider' : 'other'}-${typed.row}`,
                text: 'No provider with this UKPRN is in the register or among the providers here, or it closed',
              }
            : { field: `entry-${typed.row}`, text: 'The register does not hold it today' },
        ],
        typed,
      );
    },
  },
];
