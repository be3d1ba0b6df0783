import { randomUUID } from 'node:crypto';
import { peopleWithRole } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Problem } from '#kernel/problem.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day, moment } from '#web/words.ts';
import { importPath, loadedFilePath } from '../../paths.ts';
import { bringInFiles } from '../../policy.ts';
import { type LoadedFile, listLoaded, loadFile } from '../../use-cases/load-file.ts';
import { registerCrumbs } from '../entry/page.ts';
import { kindWords } from '../register-band.ts';

const fieldNames = ['source', 'asAt', 'confirmedBy'] as const;
type Typed = Readonly<Record<(typeof fieldNames)[number], string>>;

type Model = {
  readonly kindWords: string;
  readonly problems: readonly FormProblem[];
  readonly faults: readonly Problem[];
  readonly faultsWords: string;
  readonly id: string;
  readonly action: string;
  readonly typed: Typed;
  readonly files: readonly {
    readonly name: string;
    readonly href: string;
    readonly source: string;
    readonly loaded: string;
    readonly state: string;
  }[];
};
const importView = view<Model>('capabilities/register/pages/import/page.njk');

/** Faults of a file that the page lists. */
const mostFaults = 200;
/** Files that were loaded, of which the page tells. */
const mostFiles = 50;

export const administratorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(bringInFiles);
  return ctx.actor;
};

/** Who did something with a file, in words. */
export const administratorNames = async (ctx: Context): Promise<(id: string | null) => string> => {
  const names = new Map((await peopleWithRole(ctx, 'administrator')).map((one) => [one.id, one.name]));
  return (id) => (id === null ? 'someone who is gone' : (names.get(id) ?? 'someone else'));
};

export const fileState = (one: LoadedFile, name: (id: string | null) => string): string => {
  const when = one.decidedAt ? `on ${moment(one.decidedAt)} by ${name(one.decidedBy)}` : '';
  switch (one.state) {
    case 'waiting':
      return 'Waits to be read';
    case 'entered':
      return `Entered ${when}: ${one.outcome}`;
    case 'put-away':
      return `Put away ${when}`;
  }
};

type Shown = {
  readonly problems?: readonly FormProblem[];
  readonly faults?: readonly Problem[];
  readonly typed?: Typed;
  readonly id?: string;
};

const show = async (ctx: Context, { problems = [], faults = [], typed, id }: Shown = {}): Promise<Answer> => {
  const name = await administratorNames(ctx);
  const faulty = problems.length > 0 || faults.length > 0;
  const more = faults.length - mostFaults;
  return page(
    importView,
    {
      kindWords: await kindWords(ctx),
      problems:
        faults.length > 0
          ? [
              {
                field: 'faults',
                text: `Nothing was loaded: ${counted(faults.length, 'thing is', 'things are')} wrong with the file`,
              },
            ]
          : problems,
      faults: faults.slice(0, mostFaults),
      faultsWords: more > 0 ? `These are the first ${mostFaults}; there are ${more} more.` : '',
      id: id ?? randomUUID(),
      action: importPath,
      typed: typed ?? { source: '', asAt: '', confirmedBy: '' },
      files: (await listLoaded(ctx, mostFiles)).map((one) => ({
        name: one.name,
        href: loadedFilePath(one.id),
        source: `${one.source}${one.asAt ? `, as at ${day(one.asAt)}` : ''}`,
        loaded: `${moment(one.loadedAt)}, ${name(one.loadedBy)}`,
        state: fileState(one, name),
      })),
    },
    {
      title: 'Bring in a file',
      crumbs: registerCrumbs,
      faulty,
      status: faulty ? 422 : 200,
    },
  );
};

export const importRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: importPath,
    access: bringInFiles,
    audit: 'register.import-page',
    handle: (_request, ctx) => show(ctx),
  },
  {
    method: 'POST',
    path: importPath,
    access: bringInFiles,
    audit: 'register.load-file',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields, files } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, 300);
      const typed = { source: text('source'), asAt: text('asAt'), confirmedBy: text('confirmedBy') };
      const id = formId(fields);
      const asAt = readTypedDay(typed.asAt);
      const [file] = files;
      const problems: FormProblem[] = [
        ...(file ? [] : [{ field: 'file', text: 'Choose the file' }]),
        ...(typed.source === '' ? [{ field: 'source', text: 'Say where the file is from' }] : []),
        ...(typed.asAt === '' || asAt !== null
          ? []
          : [{ field: 'asAt', text: 'Enter the day that it is as at, such as 1/9/2026, or leave it empty' }]),
      ];
      if (!file || problems.length > 0) return show(ctx, { problems, typed, id });
      const loaded = await loadFile(ctx, administratorOf(ctx), {
        id,
        name: (file.name.split(/[\\/]/).at(-1) ?? '').slice(-120) || 'file',
        bytes: file.bytes,
        source: typed.source,
        asAt,
        confirmedBy: typed.confirmedBy || null,
      });
      return loaded.kind === 'ok' ? redirect(loadedFilePath(id)) : show(ctx, { faults: loaded.refusal, typed, id });
    },
  },
];

export const loadedOr404 = (one: LoadedFile | null): LoadedFile => {
  if (!one) throw notFound('No such file was loaded.');
  return one;
};
