import type { Context } from '#platform/context.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { importPath, loadedFilePath, registerPath } from '../../paths.ts';
import { bringInFiles } from '../../policy.ts';
import type { RegisterImport } from '../../use-cases/import-register.ts';
import { differenceWords, outcomeWords, unmatchedWords } from '../../use-cases/import-words.ts';
import { enterLoaded, findLoaded, putAway, readDifference } from '../../use-cases/load-file.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';
import { administratorNames, administratorOf, fileState, loadedOr404 } from './page.ts';

type Allowed = { readonly allowRemovals: boolean; readonly allowOlder: boolean };

type Difference = {
  readonly outcome: string;
  readonly stoppedWords: string;
  /** What has to be ticked before it is entered; empty: nothing. */
  readonly ask: string;
  readonly askName: string;
  readonly kept: readonly string[];
  readonly unmatched: string;
  readonly unused: string;
  readonly rows: readonly {
    readonly kind: string;
    readonly what: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly rowsWords: string;
  readonly nothing: boolean;
  readonly seen: string;
};

type Model = {
  readonly kindWords: string;
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly name: string;
  readonly about: string;
  readonly state: string;
  readonly difference: Difference | null;
  readonly action: string;
  readonly registerHref: string;
};
const differenceView = view<Model>('capabilities/register/pages/import/difference.njk');

/** Differences on the page: the sheet has all of them. */
const shown = 300;

const nothingAllowed: Allowed = { allowRemovals: false, allowOlder: false };

/** What a tick allows, by its name in the form. */
const asks = {
  'removes-many': { name: 'allowRemovals', text: 'I have read what ends, and it is right' },
  older: { name: 'allowOlder', text: 'I know that the file is older, and what is newer may end' },
} as const;

const differenceOf = (report: RegisterImport, allowed: Allowed): Difference => {
  const { stopped, differences } = report;
  const ask = stopped === 'removes-many' || stopped === 'older' ? asks[stopped] : null;
  return {
    outcome: outcomeWords(report),
    stoppedWords: report.stoppedWords,
    ask: ask?.text ?? '',
    askName: ask?.name ?? '',
    kept: (['allowRemovals', 'allowOlder'] as const).filter((name) => allowed[name] && name !== ask?.name),
    unmatched:
      report.unmatched === 0 ? '' : `${unmatchedWords(report.unmatched)}, and would wait for an editor to match.`,
    unused: report.unused.length === 0 ? '' : `Columns that were not used: ${report.unused.join(', ')}.`,
    rows: differences.slice(0, shown).map((one) => ({ ...one, kind: differenceWords[one.kind] })),
    rowsWords:
      differences.length > shown ? `These are the first ${shown} of ${differences.length}: read the sheet.` : '',
    nothing: differences.length === 0 && report.unmatched === 0,
    seen: report.fingerprint,
  };
};

const show = async (
  ctx: Context,
  id: string,
  more: {
    readonly report?: RegisterImport;
    readonly allowed?: Allowed;
    readonly problems?: readonly FormProblem[];
    readonly done?: string;
  } = {},
): Promise<Answer> => {
  const one = loadedOr404(await findLoaded(ctx, id));
  const { problems = [], allowed = nothingAllowed } = more;
  const name = await administratorNames(ctx);
  const waits = one.state === 'waiting';
  return page(
    differenceView,
    {
      kindWords: await kindWords(ctx),
      doneWords: more.done === 'entered' && one.state === 'entered' ? 'It stands in the register.' : '',
      problems,
      name: one.name,
      about: `${one.source}${one.asAt ? `, as at ${day(one.asAt)}` : ''}. Loaded on ${moment(one.loadedAt)} by ${name(one.loadedBy)}.${one.confirmedBy ? ` Its offers are confirmed by ${one.confirmedBy}.` : ''}`,
      state: fileState(one, name),
      difference: waits ? differenceOf(more.report ?? (await readDifference(ctx, one)), allowed) : null,
      action: loadedFilePath(id),
      registerHref: registerPath(),
    },
    {
      title: one.name,
      crumbs: [...registerCrumbs, { text: 'Bring in a file', href: importPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const differenceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/register/import/:file',
    access: bringInFiles,
    audit: 'register.difference',
    perMinute: 60,
    handle: (request, ctx) => show(ctx, request.params.file ?? '', { done: request.query.get('done') ?? '' }),
  },
  {
    method: 'GET',
    path: '/register/import/:file/difference.csv',
    access: bringInFiles,
    audit: 'register.difference-sheet',
    perMinute: 30,
    handle: async (request, ctx) => {
      const one = loadedOr404(await findLoaded(ctx, request.params.file ?? ''));
      if (one.state !== 'waiting') throw notFound('Someone has decided on this file: it changes nothing more.');
      const { differences } = await readDifference(ctx, one);
      return {
        kind: 'file',
        name: 'difference.csv',
        type: 'text/csv; charset=utf-8',
        body: writeCsv([
          ['kind', 'what', 'before', 'after'],
          ...differences.map((each) => [differenceWords[each.kind], each.what, each.before, each.after]),
        ]),
      };
    },
  },
  {
    method: 'POST',
    path: '/register/import/:file/enter',
    access: bringInFiles,
    audit: 'register.enter-file',
    handle: async (request, ctx) => {
      const id = request.params.file ?? '';
      const { fields } = await request.form();
      const allowed = {
        allowRemovals: fields.get('allowRemovals') === 'yes',
        allowOlder: fields.get('allowOlder') === 'yes',
      };
      const entered = await enterLoaded(ctx, administratorOf(ctx), id, { ...allowed, seen: fields.get('seen') ?? '' });
      if (entered.kind === 'refused') {
        if (entered.refusal === 'unknown') throw notFound('No such file was loaded.');
        return redirect(loadedFilePath(id));
      }
      const report = entered.value;
      if (report.written) return redirect(`${loadedFilePath(id)}?done=entered`);
      const [fault] = report.problems;
      const text = fault ? `${fault.path}: ${fault.message}` : report.stoppedWords;
      return show(ctx, id, {
        report,
        allowed,
        problems: [
          {
            field: report.stopped === 'changed' ? 'difference' : 'allow',
            text: report.stopped === 'changed' ? `${text} Read it again: it is below` : text,
          },
        ],
      });
    },
  },
  {
    method: 'POST',
    path: '/register/import/:file/put-away',
    access: bringInFiles,
    audit: 'register.put-file-away',
    handle: async (request, ctx) => {
      const id = request.params.file ?? '';
      const done = await putAway(ctx, administratorOf(ctx), id);
      if (done.kind === 'refused' && done.refusal === 'unknown') throw notFound('No such file was loaded.');
      return redirect(done.kind === 'ok' ? importPath : loadedFilePath(id));
    },
  },
];
