import { type CommandDefinition, type CommandIo, CommandRefusal } from '#platform/commands/command.ts';
import { SourceProblem } from '#platform/files/json-records.ts';
import { type ImportProgress, type ImportReport, importStandards } from './use-cases/import-standards.ts';
import { findSources, type StandardSource, shortName } from './use-cases/standard-sources.ts';

/** Refused records that are listed one by one on a terminal; `--json` has them all. */
const listedRefusals = 50;

/** Records from one line of progress to the next where it is not a terminal. */
const recordsPerLine = 200;

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

const progressLine = ({ source, records, bytes }: ImportProgress): string =>
  `${shortName(source)}: ${records} records, ${megabytes(bytes)}${source.size ? ` of ${megabytes(source.size)}` : ''}`;

const summary = (report: ImportReport): string => {
  const lines = [
    `${report.added} added, ${report.changed} changed, ${report.same} the same, ${report.refused.length} refused.`,
    ...report.refused
      .slice(0, listedRefusals)
      .map(
        (one) =>
          `Refused: ${one.reference ?? 'no reference'} ${one.version ?? ''} (${one.source}, record ${one.record}): ${one.problems.map((problem) => `${problem.path ? `${problem.path}: ` : ''}${problem.message}`).join('; ')}.`,
      ),
  ];
  if (report.refused.length > listedRefusals)
    lines.push(`… and ${report.refused.length - listedRefusals} more: --json lists them all.`);
  return `${lines.join('\n')}\n`;
};

const sourcesAt = async (places: readonly string[], io: CommandIo): Promise<readonly StandardSource[]> => {
  try {
    return (await Promise.all(places.map((place) => findSources(place, io.cwd, io.signal)))).flat();
  } catch (error) {
    if (error instanceof SourceProblem) throw new CommandRefusal(error.message);
    throw error;
  }
};

/**
 * `htq import standards PATH…|URL`. Exit status 0: all there; 1: some records were refused; 2: a source could not be
 * read to its end (what came before it is stored, and the message says where it broke).
 */
const importCommand: CommandDefinition = {
  name: 'import standards',
  summary: 'Import occupational standards: files, folders, or the address of the Skills England API',
  declare: (command) => {
    command
      .argument('<place...>', 'a JSON file (one record, an array, or a record a line), a folder of them, or an address')
      .option('--json', 'print the report as JSON on standard output');
  },
  run: async ({ args, options, io, context }) => {
    const ctx = await context();
    const places = args[0] as readonly string[];
    let shown = 0;
    const onBatch = (progress: ImportProgress) => {
      // On a terminal one line is overwritten; elsewhere a line is added now and then.
      if (io.terminal) io.err(`\r\u001b[K${progressLine(progress)}`);
      else if (progress.records - shown >= recordsPerLine) {
        shown = progress.records;
        io.err(`${progressLine(progress)}\n`);
      }
    };
    const sources = await sourcesAt(places, io);
    try {
      const report = await importStandards(ctx, sources, onBatch, io.signal);
      if (io.terminal) io.err('\r\u001b[K');
      if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
      else io.out(summary(report));
      return report.refused.length > 0 ? 1 : 0;
    } catch (error) {
      if (io.terminal) io.err('\r\u001b[K');
      if (error instanceof SourceProblem)
        throw new CommandRefusal(
          `${error.message} Whole records that came before are stored; the import can be run again.`,
        );
      if (io.signal.aborted)
        throw new CommandRefusal('Stopped. Whole records only were stored; the import can be run again.');
      throw error;
    }
  },
};

export const standardsCommands: readonly CommandDefinition[] = [importCommand];
