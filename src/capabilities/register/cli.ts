import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { readTypedDay } from '#kernel/typed-day.ts';
import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';
import type { Table } from './domain/register-file.ts';
import { importRegister, type RegisterImport } from './use-cases/import-register.ts';
import { differenceWords, outcomeWords, unmatchedWords } from './use-cases/import-words.ts';
import { readTable } from './use-cases/read-table.ts';

/** Problems and differences that are listed one by one on a terminal; `--json` has them all. */
const listed = 50;

const fileTable = async (place: string, cwd: string): Promise<Table> => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolve(cwd, place));
  } catch (error) {
    throw new CommandRefusal(`${place} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const table = await readTable({ name: basename(place), bytes });
  if (table.kind === 'refused') throw new CommandRefusal(table.refusal);
  return table.value;
};

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length > listed
    ? [...lines.slice(0, listed), `… and ${lines.length - listed} more: --json lists them all.`]
    : lines;

const importWords = (report: RegisterImport, dry: boolean): string => {
  const { differences, problems } = report;
  const done = report.written ? '' : dry ? ' Nothing was written.' : '';
  const lines = [
    problems.length > 0
      ? `Nothing was written: ${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} wrong.`
      : report.stopped !== 'none'
        ? `Nothing was written. ${report.stoppedWords} To go on all the same: ${report.stopped === 'older' ? '--older' : '--allow-removals'}.`
        : `${outcomeWords(report)}${done}`,
    ...shortened(problems.map((one) => `- ${one.path}: ${one.message}`)),
    // What a file with faults would change is not known: what could not be read would be missing from it.
    ...shortened(
      (problems.length > 0 ? [] : differences).map(
        (one) =>
          `- ${differenceWords[one.kind]}: ${one.what}${one.before ? `\n    was ${one.before}` : ''}\n    ${one.before ? 'becomes ' : ''}${one.after}`,
      ),
    ),
    ...(report.unmatched > 0
      ? [
          `${unmatchedWords(report.unmatched)}${report.written ? `: ${report.unmatched === 1 ? 'it waits' : 'they wait'} at /register/matching` : ' and would wait at /register/matching'}.`,
        ]
      : []),
    ...(report.unused.length > 0 ? [`Columns that were not used: ${report.unused.join(', ')}.`] : []),
  ];
  return `${lines.join('\n')}\n`;
};

/** Exit status 0: done, or nothing to do; 1: rows are wrong; 3: it would end a lot, or is older, and nothing was written. */
const importRegisterCommand: CommandDefinition = {
  name: 'import register',
  summary: 'Import a register, or the list of who delivers what, from a CSV or workbook: all of it, or nothing',
  declare: (command) => {
    command
      .argument('<file>', 'a CSV, XLSX or ODS file with headers')
      .option('--dry-run', 'say what would change, and write nothing')
      .option('--as-at <day>', 'the day that the file is as at, such as 2026-09-01 (today when left out)')
      .option('--source <words>', 'where the file comes from (its name when left out)')
      .option('--allow-removals', 'go on although more than a tenth of what stands now would end')
      .option('--older', 'go on although the file is older than the register')
      .option('--confirmed-by <name>', 'who confirms the offers of a list; without it they wait for confirmation')
      .option('--json', 'print the report as JSON');
  },
  run: async ({ args, options, io, context }) => {
    const place = String(args[0]);
    const asAt = typeof options.asAt === 'string' ? readTypedDay(options.asAt) : null;
    if (asAt === null && typeof options.asAt === 'string')
      throw new CommandRefusal(`"${options.asAt}" is no day such as 2026-09-01 or 1/9/2026.`);
    const table = await fileTable(place, io.cwd);
    const dry = options.dryRun === true;
    const report = await importRegister(await context(), table, {
      source: typeof options.source === 'string' ? options.source : basename(place),
      asAt,
      dry,
      allowRemovals: options.allowRemovals === true,
      allowOlder: options.older === true,
      confirmedBy: typeof options.confirmedBy === 'string' ? options.confirmedBy : null,
    });
    io.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : importWords(report, dry));
    if (report.problems.length > 0) return 1;
    return report.stopped === 'none' ? 0 : 3;
  },
};

export const registerCommands: readonly CommandDefinition[] = [importRegisterCommand];
