import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** What `npm start` hands over to, so that a test's clean-up ends the server itself. */
const serverWords = ['--disable-warning=ExperimentalWarning', join(root, 'src/main/server.ts')];

export type RunningServer = {
  readonly address: string;
  readonly dataFolder: string;
  readonly output: () => string;
  readonly process: ChildProcess;
  /** Ends it as Ctrl-C does. @returns its exit status. */
  readonly stop: () => Promise<number | null>;
};

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'htq-journey-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts the real server as a process of its own on a free port of the loopback. Its folder stays when it ends. */
export const startServer = async (
  dataFolder: string,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> => {
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, [...serverWords, ...words], {
    env: { ...environment, PORT: '0', HTQ_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const address = await new Promise<string>((done, failed) => {
    const look = () => {
      const found = /is at (http:\/\/[^\s]+?)\/\n/.exec(output)?.[1];
      if (found) done(found);
    };
    child.stdout.on('data', look);
    void ended.then((code) => failed(new Error(`The server ended with status ${code}:\n${output}`)));
  });
  return {
    address,
    dataFolder,
    output: () => output,
    process: child,
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
  };
};
