import { chmodSync, existsSync, unlinkSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandIo } from '#platform/commands/command.ts';

/**
 * The command line's way to a store that the server holds: the embedded store lets in one process,
 * so `htq` hands its words to the server through a socket in the data folder, which the file system
 * opens to the same system user alone. A request is one command; the answer is a line of JSON for
 * each piece of output and one for the exit status.
 */
const socketPath = (dataFolder: string): string =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\htq${dataFolder.replaceAll(/[^a-z0-9]+/gi, '-')}`
    : join(dataFolder, 'htq.sock');

const call = z.object({ words: z.array(z.string()), cwd: z.string(), terminal: z.boolean(), outTerminal: z.boolean() });

type Line =
  | { readonly out: string }
  | { readonly err: string }
  | { readonly exit: number }
  | { readonly failed: string };

type Run = (words: readonly string[], io: CommandIo) => Promise<number>;

/** Opens the door. @returns a function that closes it and waits for running commands to end. */
export const openLocalDoor = async (dataFolder: string, run: Run): Promise<() => Promise<void>> => {
  const path = socketPath(dataFolder);
  // The store's lock is ours, so a socket that is still there was left by a process that was killed.
  if (process.platform !== 'win32' && existsSync(path)) unlinkSync(path);
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const say = (line: Line) => outgoing.write(`${JSON.stringify(line)}\n`);
    try {
      const { words, cwd, terminal, outTerminal } = call.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const status = await run(words, {
        cwd,
        terminal,
        outTerminal,
        signal: gone.signal,
        out: (content) => say({ out: Buffer.from(content).toString('base64') }),
        err: (content) => say({ err: content }),
      });
      say({ exit: status });
    } catch (error) {
      say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    outgoing.end();
  });
  // No moment at which the socket stands open to others: the mask holds while it is made.
  const mask = process.platform === 'win32' ? null : process.umask(0o177);
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(path, done);
    });
  } finally {
    if (mask !== null) process.umask(mask);
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeIdleConnections();
    });
};

/** Hands a command line to the server that holds the store. @returns its exit status, or `null` when no server answers. */
export const knockAtLocalDoor = (dataFolder: string, words: readonly string[], io: CommandIo): Promise<number | null> =>
  new Promise((done, failed) => {
    let status: number | null = null;
    const outgoing = request({ socketPath: socketPath(dataFolder), method: 'POST', path: '/' }, (incoming) => {
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const text of lines) {
          const line = JSON.parse(text) as Line;
          if ('out' in line) io.out(Buffer.from(line.out, 'base64'));
          else if ('err' in line) io.err(line.err);
          else if ('exit' in line) status = line.exit;
          else failed(new Error(line.failed));
        }
      });
      incoming.on('end', () =>
        status === null ? failed(new Error('The server ended before the command did.')) : done(status),
      );
      incoming.on('error', () => failed(new Error('The server ended before the command did.')));
    });
    io.signal.addEventListener('abort', () => outgoing.destroy());
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? done(null) : failed(error),
    );
    outgoing.end(JSON.stringify({ words, cwd: io.cwd, terminal: io.terminal, outTerminal: io.outTerminal }));
  });
