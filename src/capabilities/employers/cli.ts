import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { findOrganisations } from '#cap/accounts';
import { type CommandDefinition, CommandRefusal } from '#platform/commands/command.ts';
import type { Context } from '#platform/context.ts';
import { mayKeep } from './policy.ts';
import { type EmployerImport, importEmployers, readTable } from './use-cases/import-employers.ts';

/** Problems and differences that are listed one by one on a terminal; `--json` has them all. */
const listed = 50;

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length > listed
    ? [...lines.slice(0, listed), `… and ${lines.length - listed} more: --json lists them all.`]
    : lines;

const readBytes = (place: string, cwd: string): Uint8Array => {
  try {
    return readFileSync(resolve(cwd, place));
  } catch (error) {
    throw new CommandRefusal(`${place} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
};

/** Organisations that are told apart on a terminal. */
const mostNamed = 5;

const organisationOf = async (ctx: Context, words: string): Promise<string> => {
  const { found } = await findOrganisations(ctx, words, 50);
  const able = found.filter((one) => mayKeep(one.kind));
  const whole = able.filter((one) => one.name.toLowerCase() === words.toLowerCase() || one.ukprn === words);
  const [one, ...others] = whole.length === 1 ? whole : able;
  if (!one) throw new CommandRefusal(`No provider or awarding organisation here is called "${words}".`);
  if (others.length > 0)
    throw new CommandRefusal(
      `"${words}" may be ${able
        .slice(0, mostNamed)
        .map((each) => each.name)
        .join(', ')}${able.length > mostNamed ? ' or others' : ''}: give the whole name, or the UKPRN.`,
    );
  return one.id;
};

const importWords = (report: EmployerImport, dry: boolean, alikeToo: boolean): string => {
  const { problems, fresh, changed, same, alike } = report;
  const lines = [
    problems.length > 0
      ? `Nothing was written: ${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} wrong.`
      : `${fresh.length + (alikeToo ? alike.length : 0)} new, ${changed.length} changed, ${same} the same.${report.written ? '' : ' Nothing was written.'}`,
    ...shortened(problems.map((one) => `- ${one.path}: ${one.message}`)),
    ...(dry
      ? shortened([
          ...fresh.map((one) => `- new: ${one.text.name}${one.text.town ? `, ${one.text.town}` : ''}`),
          ...changed.flatMap((one) =>
            one.changes.map(
              (each) => `- ${one.employer.name}, ${each.header}: "${each.before}" becomes "${each.after}"`,
            ),
          ),
        ])
      : []),
    ...shortened(
      alike.map(
        (one) =>
          `- looks like ${one.duplicates[0]?.employer.name ?? 'one that is kept'}: ${one.row.text.name} (row ${one.row.row})${alikeToo ? '' : ', left out: --alike brings it in too'}`,
      ),
    ),
    ...(report.unused.length > 0 ? [`Columns that were not used: ${report.unused.join(', ')}.`] : []),
  ];
  return `${lines.join('\n')}\n`;
};

/** Exit status 0: done, or nothing to do; 1: rows are wrong, and nothing was written. */
const importEmployersCommand: CommandDefinition = {
  name: 'import employers',
  summary: 'Import the employers of an organisation from a CSV or workbook: all of it, or nothing when a row is wrong',
  declare: (command) => {
    command
      .argument('<file>', 'a CSV, XLSX or ODS file with a column "Name", and others as they come')
      .requiredOption('--organisation <name>', 'whose list it is: the name, or the UKPRN')
      .option('--dry-run', 'say what would be added and changed, and write nothing')
      .option('--alike', 'bring in also what looks like an employer that is kept already')
      .option('--json', 'print the report as JSON');
  },
  run: async ({ args, options, io, context }) => {
    const place = String(args[0]);
    const bytes = readBytes(place, io.cwd);
    const table = await readTable({ name: basename(place), bytes });
    if (table.kind === 'refused') throw new CommandRefusal(table.refusal);
    const ctx = await context();
    const organisation = await organisationOf(ctx, String(options.organisation));
    const dry = options.dryRun === true;
    const alikeToo = options.alike === true;
    const report = await importEmployers(ctx, organisation, table.value, basename(place), { dry, alikeToo });
    io.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : importWords(report, dry, alikeToo));
    return report.problems.length > 0 ? 1 : 0;
  },
};

export const employersCommands: readonly CommandDefinition[] = [importEmployersCommand];
