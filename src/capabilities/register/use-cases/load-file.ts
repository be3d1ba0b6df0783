import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import type { Problem } from '#kernel/problem.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { keepFile, readKeptFile } from '#platform/files/kept-file.ts';
import type { Table } from '../domain/register-file.ts';
import { bringInFiles } from '../policy.ts';
import {
  addLoaded,
  decideOnLoaded,
  findLoaded,
  type LoadedFile,
  listLoaded,
  lockLoaded,
} from '../store/loaded-files.ts';
import { importRegister, type RegisterImport } from './import-register.ts';
import { outcomeWords, unmatchedWords } from './import-words.ts';
import { readTableWork } from './read-table.ts';

export type { LoadedFile };
export { findLoaded, listLoaded };

/** Time for reading a file on a thread. */
const readMs = 30_000;

const tableOf = (ctx: Context, file: { readonly name: string; readonly bytes: Uint8Array }) =>
  ctx.workers.run<Result<Table, string>>(readTableWork, file, readMs);

export type NewFile = {
  /** The id that the form was made with: sent twice it is loaded once. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly source: string;
  readonly asAt: string | null;
  readonly confirmedBy: string | null;
};

/** What may be allowed of what a file would do. */
export type Allowed = { readonly allowRemovals: boolean; readonly allowOlder: boolean };
const nothingAllowed: Allowed = { allowRemovals: false, allowOlder: false };

/** Keeps a file to be read and then entered. @returns refused with all that is wrong with it: nothing is kept then. */
export const loadFile = async (
  ctx: Context,
  person: Person,
  file: NewFile,
): Promise<Result<void, readonly Problem[]>> => {
  demand(ctx.actor, bringInFiles);
  const table = await tableOf(ctx, file);
  if (table.kind === 'refused') return refused([{ path: file.name, message: table.refusal }]);
  const { problems } = await importRegister(ctx, table.value, { ...file, ...nothingAllowed, dry: true });
  if (problems.length > 0) return refused(problems);
  await ctx.transaction(async (inside) => {
    if (await findLoaded(inside, file.id)) return;
    const fileId = await keepFile(inside, 'application/octet-stream', file.bytes);
    await addLoaded(inside, { ...file, fileId, by: person.id });
    await recordAct(inside, {
      name: 'register.file-loaded',
      subject: { kind: 'register-file', id: file.id },
      after: { name: file.name, source: file.source, asAt: file.asAt },
    });
  });
  return ok(undefined);
};

const loadedTable = async (ctx: Context, one: LoadedFile): Promise<Table> => {
  const kept = await readKeptFile(ctx, one.fileId);
  if (!kept) throw new Error(`The file of ${one.id} is not kept`);
  const table = await tableOf(ctx, { name: one.name, bytes: kept.bytes });
  if (table.kind === 'refused') throw new Error(`${one.name} could be read when it was loaded: ${table.refusal}`);
  return table.value;
};

/** What a loaded file would change now. Writes nothing. */
export const readDifference = async (ctx: Context, one: LoadedFile): Promise<RegisterImport> =>
  importRegister(ctx, await loadedTable(ctx, one), { ...one, ...nothingAllowed, dry: true });

const enteredWords = (report: RegisterImport): string =>
  report.unmatched === 0
    ? outcomeWords(report)
    : `${outcomeWords(report)} ${unmatchedWords(report.unmatched)}, for an editor to match.`;

export type FileRefusal = 'unknown' | 'decided';

/**
 * Enters a loaded file: once, and only as its difference was read.
 *
 * @param seen the fingerprint of the difference that whoever enters it has read.
 * @returns the report; `written` is false when it stopped, and it waits on then.
 */
export const enterLoaded = async (
  ctx: Context,
  person: Person,
  id: string,
  allowed: Allowed & { readonly seen: string },
): Promise<Result<RegisterImport, FileRefusal>> => {
  demand(ctx.actor, bringInFiles);
  const loaded = await findLoaded(ctx, id);
  if (!loaded) return refused('unknown');
  // What is in the file never changes: it is read before anything is held, since reading it can take long.
  const table = await loadedTable(ctx, loaded);
  return ctx.transaction(async (inside) => {
    const one = await lockLoaded(inside, id);
    if (!one) return refused('unknown');
    if (one.state !== 'waiting') return refused('decided');
    const report = await importRegister(inside, table, { ...one, ...allowed, dry: false });
    if (report.written)
      await decideOnLoaded(inside, id, { state: 'entered', by: person.id, outcome: enteredWords(report) });
    return ok(report);
  });
};

/** Puts a loaded file away unentered. */
export const putAway = (ctx: Context, person: Person, id: string): Promise<Result<void, FileRefusal>> => {
  demand(ctx.actor, bringInFiles);
  return ctx.transaction(async (inside) => {
    const one = await lockLoaded(inside, id);
    if (!one) return refused('unknown');
    if (one.state !== 'waiting') return refused('decided');
    await decideOnLoaded(inside, id, { state: 'put-away', by: person.id, outcome: '' });
    await recordAct(inside, { name: 'register.file-put-away', subject: { kind: 'register-file', id } });
    return ok(undefined);
  });
};
