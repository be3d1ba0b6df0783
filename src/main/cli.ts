import type { CommandIo } from '#platform/commands/command.ts';
import { StoreProblem } from '#platform/db/store-problem.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers, openWorkerPool } from '#platform/workers/pool.ts';
import { runCommandLine } from './command-line.ts';
import { commandLineActor, commands, type OpenHouse, openHouse } from './compose.ts';
import { addressOf, ConfigProblem, readConfig } from './config.ts';
import { knockAtLocalDoor } from './local-door.ts';
import { workerCommand } from './worker.ts';

const io: CommandIo = {
  cwd: process.cwd(),
  out: (content) => process.stdout.write(content),
  err: (content) => process.stderr.write(content),
  terminal: process.stderr.isTTY ?? false,
  outTerminal: process.stdout.isTTY ?? false,
  // Ctrl-C ends this process as it ends any: what is written is whole, and a proof under way hears no signal anyway.
  signal: new AbortController().signal,
};

/** Runs the command here; where a server holds the embedded store, hands it over before anything was written. */
const run = async (): Promise<number> => {
  const config = readConfig(process.env);
  const words = process.argv.slice(2);
  let house: OpenHouse | undefined;
  const workers = words[0] === 'worker' ? openWorkerPool(config.workers) : inlineWorkers;
  const log = makeLog(config.logLevel);
  try {
    return await runCommandLine([...commands, workerCommand], words, io, async () => {
      house = await openHouse(config, {
        clock: () => new Date(),
        // A worker goes on for long, and must answer for its jobs while one of them computes.
        workers,
        wanted: null,
        say: () => {},
        log,
        address: addressOf(config),
        actor: commandLineActor,
        door: 'command',
        exampleToken: null,
      });
      return house.context;
    });
  } catch (error) {
    if (!(error instanceof StoreProblem && error.kind === 'held')) throw error;
    const status = await knockAtLocalDoor(config.dataFolder, words, io);
    if (status !== null) return status;
    throw error;
  } finally {
    await house?.close();
    await workers.close();
  }
};

run().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const known = error instanceof StoreProblem || error instanceof ConfigProblem;
    process.stderr.write(`htq: ${known || !(error instanceof Error) ? (error as Error).message : error.stack}\n`);
    process.exitCode = 2;
  },
);
