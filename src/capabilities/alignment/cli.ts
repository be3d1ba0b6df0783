import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type CommandDefinition, type CommandIo, CommandRefusal, type Invocation } from '#platform/commands/command.ts';
import type { Context } from '#platform/context.ts';
import { SourceProblem } from '#platform/files/json-records.ts';
import { inlineWorkers, type WorkerPool } from '#platform/workers/pool.ts';
import { claimRequirements } from './domain/pose-question.ts';
import { chooseStandards, namedStandard } from './domain/standard-choice.ts';
import {
  claimedReferences,
  readWithStandards,
  standardRecordsAt,
  standardsOf,
  storedRecords,
} from './use-cases/claimed-standards.ts';
import { type CheckAnswer, heavyWork } from './use-cases/heavy-work.ts';
import {
  comparedWithStandards,
  type InputFile,
  type InputProblem,
  inputNotes,
  inputProblems,
  problemLine,
  type QualificationInput,
  readJsonInput,
  type readQualificationInput,
} from './use-cases/read-qualification-input.ts';
import type { WrittenFile } from './use-cases/write-workbook.ts';
import { verdictText } from './verdict-text.ts';

/** Everything that is wrong with what was brought, one line each on standard error, and nothing on standard output. */
class WrongInput extends Error {
  override readonly name = 'WrongInput';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const wrong = (problems: readonly InputProblem[]): WrongInput => new WrongInput(problems.map(problemLine));

const exitStatus = { proved: 0, refuted: 1, 'no-combinations': 1, unsettled: 3 } as const;
const wrongInput = 2;

/** Seconds without `--time-limit`, and the most that the work may take beyond its own limit before its thread is ended. */
const defaultTimeLimit = 60;
const graceMs = 30_000;
/** Reading and writing workbooks, in milliseconds. */
const sheetWorkMs = 60_000;

const standardsOption = (command: Command): Command =>
  command.option(
    '--standards <path>',
    'standards to go by: a file or a folder of records; without it, what the store holds',
  );

/**
 * What a command works with: where the standards come from, and on which thread it works. The store is opened first
 * where it is needed, before anything is read or written: a store that the server holds hands the command over.
 */
type Desk = {
  readonly workers: WorkerPool;
  readonly records: (references: readonly string[]) => Promise<readonly unknown[]>;
};

const deskOf = async ({ options, io, context }: Invocation): Promise<Desk> => {
  const place = options.standards;
  if (typeof place === 'string')
    return { workers: inlineWorkers, records: (references) => standardRecordsAt(place, io.cwd, references) };
  const ctx: Context = await context();
  return { workers: ctx.workers, records: (references) => storedRecords(ctx, references) };
};

const fileAt = async (io: CommandIo, path: string): Promise<InputFile> => {
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(resolve(io.cwd, path))) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CommandRefusal(
      code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code ?? 'unknown reason'}).`,
    );
  }
};

const readInput = async (workers: WorkerPool, io: CommandIo, paths: readonly string[]): Promise<QualificationInput> => {
  const files = await Promise.all(paths.map((path) => fileAt(io, path)));
  const read = await workers.run<Awaited<ReturnType<typeof readQualificationInput>>>(
    heavyWork.readInput,
    files,
    sheetWorkMs,
  );
  if (read.kind === 'refused') throw wrong(read.refusal);
  return read.value;
};

/** Runs a command whose input may be wrong in many places: exit status 2, every problem on its own line. */
const reporting =
  (run: (invocation: Invocation) => Promise<number>) =>
  async (invocation: Invocation): Promise<number> => {
    try {
      return await run(invocation);
    } catch (error) {
      if (error instanceof SourceProblem) throw new CommandRefusal(error.message);
      if (!(error instanceof WrongInput)) throw error;
      for (const line of error.lines) invocation.io.err(`${line}\n`);
      return wrongInput;
    }
  };

const timeLimitOf = (given: unknown): number => {
  if (given === undefined) return defaultTimeLimit;
  const seconds = Number(given);
  if (!(seconds > 0) || !Number.isFinite(seconds))
    throw new CommandRefusal(`--time-limit: found "${given}", expected a number of seconds above 0.`);
  return seconds;
};

const readOfferFile = async (io: CommandIo, path: string): Promise<QualificationInput> => {
  const read = readJsonInput(await fileAt(io, path));
  if (read.kind === 'refused') throw wrong(read.refusal);
  return read.value;
};

/**
 * `htq check`: exit status 0 proved; 1 refuted, or no combinations; 2 the input is wrong; 3 unsettled.
 * `docs/qualification-file.md` and `docs/qualification-workbook.md` have the rest.
 */
const checkCommand: CommandDefinition = {
  name: 'check',
  summary: 'Prove that every permitted combination of a qualification covers what it claims, or show one that does not',
  declare: (command) => {
    standardsOption(
      command.argument(
        '<qualification...>',
        'a qualification file (JSON), a workbook (XLSX, ODS), or the CSV files of one',
      ),
    )
      .option('--offer <file>', 'what one provider runs, as JSON: the check is of that')
      .option('--time-limit <seconds>', `after so many seconds what is not settled stays open (${defaultTimeLimit})`)
      .option('--json', 'print the result as JSON on standard output');
  },
  run: reporting(async (invocation) => {
    const { args, options, io } = invocation;
    const seconds = timeLimitOf(options.timeLimit);
    const desk = await deskOf(invocation);
    const brought = await readInput(desk.workers, io, args[0] as readonly string[]);
    const offer = typeof options.offer === 'string' ? await readOfferFile(io, options.offer) : null;
    const records = await desk.records(claimedReferences(brought.qualification));
    const input = { ...brought, origin: comparedWithStandards(brought, records) };
    const read = readWithStandards(input.qualification, records);
    const problems = inputProblems(input.origin, read.kind === 'wrong' ? read.problems : []);
    if (problems.length > 0 || read.kind === 'wrong') throw wrong(problems);
    const answer = await desk.workers.run<CheckAnswer>(
      heavyWork.check,
      {
        qualification: input.qualification,
        records,
        options: { timeLimitMs: seconds * 1000, ...(offer ? { offer: offer.qualification } : {}) },
      },
      seconds * 1000 + graceMs,
    );
    // The qualification is right: what is wrong now is the offer, whose paths begin with its own name.
    if (answer.kind === 'wrong')
      throw wrong(
        inputProblems(
          (offer ?? input).origin,
          answer.problems.map(({ path, message }) => ({ path: path.replace(/^offer\.?/, ''), message })),
        ),
      );
    for (const note of inputNotes(input.origin)) io.err(`Note: ${problemLine(note)}\n`);
    const { result } = answer;
    io.out(
      options.json
        ? `${JSON.stringify(result, null, 2)}\n`
        : verdictText({
            result,
            qualification: read.qualification,
            requirements: claimRequirements(read.qualification, read.known),
            offer: offer ? offerTitle(offer.qualification, options.offer) : null,
          }),
    );
    return exitStatus[result.verdict];
  }),
};

const offerTitle = (offer: unknown, path: unknown): string => {
  const title = (offer as { readonly title?: unknown }).title;
  return typeof title === 'string' && title.trim() !== '' ? title : basename(String(path));
};

const formats = ['xlsx', 'ods', 'csv'] as const;
type Format = (typeof formats)[number];

/** The format that is asked for, or else what the output's name ends in. */
const formatOf = (options: Invocation['options'], permitted: readonly Format[]): Format => {
  const given = String(options.format ?? extname(String(options.output ?? '')).slice(1)).toLowerCase();
  if (given === '' && options.format === undefined) return 'xlsx';
  const format = permitted.find((one) => one === given);
  if (!format)
    throw new CommandRefusal(
      `${options.format === undefined ? `--output ends in .${given}` : `--format: found "${given}"`}, expected ${permitted.join(' or ')}.`,
    );
  return format;
};

/** A terminal shows a workbook as noise, and some of the noise as commands to itself. */
const refuseTerminal = (options: Invocation['options'], io: CommandIo, name: string): void => {
  if (options.output === undefined && io.outTerminal)
    throw new CommandRefusal(`A workbook is no text for a terminal: add --output ${name}, or > ${name}.`);
};

const write = async (io: CommandIo, output: unknown, bytes: Uint8Array): Promise<void> => {
  if (typeof output === 'string') await writeFile(resolve(io.cwd, output), bytes);
  else io.out(bytes);
};

const templateCommand: CommandDefinition = {
  name: 'template',
  summary: 'Write a workbook to fill in for a qualification, with the wording of its standards in it',
  declare: (command) => {
    standardsOption(command.argument('<standard...>', 'references: ST0127 for the newest version known, or ST0127@1.2'))
      .option('--format <format>', 'xlsx or ods (xlsx, or what the output ends in)')
      .option('--output <file>', 'where to write it; without it, standard output');
  },
  run: reporting(async (invocation) => {
    const { args, options, io } = invocation;
    const names = args[0] as readonly string[];
    const format = formatOf(options, ['xlsx', 'ods']);
    refuseTerminal(options, io, `qualification.${format}`);
    const desk = await deskOf(invocation);
    const records = await desk.records(names.flatMap((name) => namedStandard(name)?.reference ?? []));
    const { chosen, problems } = chooseStandards(names, standardsOf(records));
    if (problems.length > 0) throw new WrongInput(problems.map((problem) => `htq: ${problem}`));
    const bytes = await desk.workers.run<Uint8Array>(heavyWork.template, { standards: chosen, format }, sheetWorkMs);
    await write(io, options.output, bytes);
    return 0;
  }),
};

const workbookCommand: CommandDefinition = {
  name: 'workbook',
  summary: 'Write a qualification out as a workbook, or with --json read one back into a qualification file',
  declare: (command) => {
    standardsOption(
      command.argument(
        '<qualification...>',
        'a qualification file (JSON), a workbook (XLSX, ODS), or the CSV files of one',
      ),
    )
      .option('--format <format>', 'xlsx, ods or csv (xlsx, or what the output ends in)')
      .option('--output <file>', 'where to write it; for csv the two files are called after it')
      .option('--json', 'print the qualification as JSON on standard output');
  },
  run: reporting(async (invocation) => {
    const { args, options, io } = invocation;
    const paths = args[0] as readonly string[];
    if (options.json) {
      // Only what the sheets say is looked at: no standards are needed to write it down.
      const input = await readInput(inlineWorkers, io, paths);
      const problems = inputProblems(input.origin, []);
      if (problems.length > 0) throw wrong(problems);
      for (const note of inputNotes(input.origin)) io.err(`Note: ${problemLine(note)}\n`);
      await write(io, options.output, new TextEncoder().encode(`${JSON.stringify(input.qualification, null, 2)}\n`));
      return 0;
    }
    const format = formatOf(options, formats);
    if (format === 'csv' && options.output === undefined)
      throw new CommandRefusal(
        'A workbook is two CSV files: add --output NAME for NAME-structure.csv and NAME-mapping.csv.',
      );
    refuseTerminal(options, io, `qualification.${format}`);
    const desk = await deskOf(invocation);
    const input = await readInput(desk.workers, io, paths);
    const records = await desk.records(claimedReferences(input.qualification));
    const read = readWithStandards(input.qualification, records);
    const problems = inputProblems(input.origin, read.kind === 'wrong' ? read.problems : []);
    if (problems.length > 0 || read.kind === 'wrong') throw wrong(problems);
    const files = await desk.workers.run<readonly WrittenFile[]>(
      heavyWork.workbook,
      { qualification: read.qualification, standards: read.standards, format },
      sheetWorkMs,
    );
    for (const file of files)
      await write(
        io,
        format === 'csv' ? `${String(options.output).replace(/\.csv$/i, '')}${file.ending}` : options.output,
        file.bytes,
      );
    return 0;
  }),
};

export const alignmentCommands: readonly CommandDefinition[] = [checkCommand, templateCommand, workbookCommand];
