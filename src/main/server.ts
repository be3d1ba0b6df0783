import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { visitor } from '#kernel/actor.ts';
import { actingAs } from '#platform/context.ts';
import { StoreProblem } from '#platform/db/store-problem.ts';
import { makeLog } from '#platform/log/log.ts';
import { openWorkerPool } from '#platform/workers/pool.ts';
import { examplePeoplePath } from '../capabilities/accounts/paths.ts';
import { runCommandLine } from './command-line.ts';
import { buildSite, commandLineActor, commands, type OpenHouse, openHouse } from './compose.ts';
import { addressOf, type Config, ConfigProblem, readConfig } from './config.ts';
import { openLocalDoor } from './local-door.ts';
import { workerInServer } from './worker.ts';

/** A start that cannot be: one line for whoever typed the command. */
class CannotStart extends Error {}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Tried before the store is opened, so that a busy port leaves no half-made store behind. @returns the port. */
const findFreePort = (host: string, port: number): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => failed(portProblem(error, host, port)));
    probe.listen(port, host, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => done(found));
    });
  });

const portProblem = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  if (error.code === 'EADDRINUSE')
    return new CannotStart(
      `Port ${port} is in use by another program. Set PORT to another number: PORT=3001 npm start`,
    );
  if (error.code === 'EACCES')
    return new CannotStart(`This user may not listen on port ${port}. Set PORT to a number above 1023.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new CannotStart(`This machine has no address ${host}: mend HOST.`);
  return error;
};

const readArguments = (): { readonly own: boolean } => {
  try {
    const { values } = parseArgs({ options: { own: { type: 'boolean', default: false } }, strict: true });
    return { own: values.own };
  } catch {
    throw new CannotStart('Usage: npm start, or npm start -- --own for an empty store of your own.');
  }
};

/** Without the door the site works all the same: only commands must then wait until it is stopped. */
const openDoor = async (dataFolder: string, house: OpenHouse): Promise<() => Promise<void>> => {
  try {
    return await openLocalDoor(dataFolder, (words, io) =>
      runCommandLine([...commands, workerInServer], words, io, async () =>
        actingAs(house.context, commandLineActor, 'command'),
      ),
    );
  } catch (error) {
    say(
      `Commands cannot reach this server while it runs: no socket could be made in ${dataFolder} (${(error as NodeJS.ErrnoException).code}).`,
    );
    return async () => {};
  }
};

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host);

const startWords = (config: Config, house: OpenHouse, address: string): readonly string[] => {
  const { mail, exampleToken, storeKind } = house.context;
  return [
    mail
      ? `Mail leaves through ${mail.name}.`
      : storeKind === 'example'
        ? 'No mail is set up: messages are kept here, to be read in the mailbox of the example people.'
        : 'No mail is set up, so no message leaves this instance: docs/running.md says how.',
    ...(config.jobsHere ? [] : ['Jobs wait for a worker: bin/htq worker.']),
    ...(exampleToken ? [`Sign in as one of the example people: ${address}${examplePeoplePath(exampleToken)}`] : []),
  ];
};

const start = async (): Promise<void> => {
  const { own } = readArguments();
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel);
  const clock = () => new Date();
  const port = await findFreePort(config.host, config.port);
  const workers = openWorkerPool(config.workers);
  const exampleToken = isLoopback(config.host) ? randomBytes(24).toString('base64url') : null;
  const house = await openHouse(config, {
    clock,
    workers,
    wanted: own ? 'own' : null,
    say,
    log,
    address: addressOf(config, port),
    actor: visitor,
    door: 'page',
    exampleToken,
  });
  const site = await buildSite(config, house, log);
  const closeDoor = house.store.engine === 'embedded' ? await openDoor(config.dataFolder, house) : async () => {};

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say('Stopping …');
    await site.close();
    await closeDoor();
    await workers.close();
    await house.close();
    say('Stopped. Everything that was acknowledged is saved.');
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const address = await site.listen({ host: config.host, port });
    const kind =
      house.context.storeKind === 'example'
        ? 'This is an example store with fictional records (npm start -- --own makes one of your own in another HTQ_DATA).'
        : 'This is a store of your own.';
    say(
      [`HTQ Toolkit is at ${address}/`, kind, ...startWords(config, house, address), 'Press Ctrl-C to stop.'].join(
        '\n',
      ),
    );
    if (config.jobsHere) await house.context.jobs.work(house.context);
  } catch (error) {
    await closeDoor();
    await workers.close();
    await house.close();
    throw portProblem(error as NodeJS.ErrnoException, config.host, config.port);
  }
};

start().catch((error: unknown) => {
  if (error instanceof StoreProblem || error instanceof CannotStart || error instanceof ConfigProblem)
    process.stderr.write(`HTQ Toolkit did not start. ${error.message}\n`);
  else process.stderr.write(`HTQ Toolkit did not start.\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
