import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openEmbeddedStore, openPostgresStore } from '#platform/db/open-store.ts';
import { startEmbeddedPostgres } from '../support/postgres-servers.ts';
import { freshFolder, type RunningServer, removeFolder, root, startServer } from '../support/server.ts';

/** A start that should fail: what it said, and its exit status. */
const failingStart = (env: Record<string, string>, words: readonly string[] = []) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['bin/launch.mjs', 'start', ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, lines: stderr.trim().split('\n'), stdout };
};

const htq = (dataFolder: string, words: readonly string[], cwd = root) =>
  spawnSync(process.execPath, [join(root, 'bin/htq'), ...words], {
    cwd,
    env: { ...process.env, HTQ_DATA: dataFolder },
    encoding: 'utf8',
    timeout: 120_000,
  });

describe('starting and stopping', () => {
  const folder = freshFolder();
  let server: RunningServer;
  // Stopped whatever failed before: the run would wait for it.
  after(async () => {
    await server?.stop();
    removeFolder(folder);
  });

  it('makes an example store the first time, and says what it does and where it is', async () => {
    server = await startServer(folder);
    assert.match(
      server.output(),
      /Opening the store in .*\nBrought the store up to date .*\nPublishing the guide …\nWriting the fictional examples …\nHTQ Toolkit is at http:\/\/127\.0\.0\.1:\d+\/\nThis is an example store/,
    );
    const answer = await fetch(`${server.address}/standards`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Fictional/);
    assert.equal(await (await fetch(`${server.address}/healthz`)).text(), 'alive\n');
    assert.equal(await (await fetch(`${server.address}/readyz`)).text(), 'ready\n');
  });

  it('lets commands work while it runs, through a socket that is its user’s alone', () => {
    assert.equal(statSync(join(folder, 'htq.sock')).mode & 0o777, 0o600);
    const before = htq(folder, ['import', 'standards', 'examples/standards', '--json']);
    assert.equal(before.status, 0, before.stderr);
    assert.equal(JSON.parse(before.stdout).added, 0);
    assert.ok(JSON.parse(before.stdout).same > 0);
    // Paths are the caller's own.
    const elsewhere = htq(folder, ['import', 'standards', 'standards'], join(root, 'examples'));
    assert.match(elsewhere.stdout, /0 added, 0 changed, \d+ the same, 0 refused/);
  });

  it('refuses a second process on the same store, in one line', () => {
    const { status, lines } = failingStart({ HTQ_DATA: folder, PORT: '0' });
    assert.equal(status, 1);
    assert.deepEqual(lines, [
      `HTQ Toolkit did not start. The store in ${folder} is in use by another process. Stop that one first, or set HTQ_DATA to another folder.`,
    ]);
  });

  it('refuses a port in use before it makes a store, in one line', () => {
    const port = new URL(server.address).port;
    const other = freshFolder();
    const { status, lines, stdout } = failingStart({ HTQ_DATA: join(other, 'new'), PORT: port });
    assert.equal(status, 1);
    assert.deepEqual(lines, [
      `HTQ Toolkit did not start. Port ${port} is in use by another program. Set PORT to another number: PORT=3001 npm start`,
    ]);
    assert.doesNotMatch(stdout, /Opening the store/);
    removeFolder(other);
  });

  it('opens connections to nobody', { skip: process.platform === 'linux' ? false : 'reads /proc' }, () => {
    const inode = new Set(
      execFileSync(
        'sh',
        ['-c', `ls -l /proc/${server.process.pid}/fd 2>/dev/null | grep -o 'socket:\\[[0-9]*' | tr -dc '0-9\\n'`],
        { encoding: 'utf8' },
      )
        .split('\n')
        .filter(Boolean),
    );
    const rows = execFileSync('sh', ['-c', 'cat /proc/net/tcp /proc/net/tcp6'], { encoding: 'utf8' })
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter((row) => inode.has(row[9] ?? ''));
    assert.ok(rows.length > 0, 'the listening socket was not found');
    for (const row of rows) assert.match(row[1] ?? '', /^0100007F:/, 'listens on the loopback alone');
  });

  it('stops cleanly, and starts again with what it made before', async () => {
    assert.equal(await server.stop(), 0);
    assert.match(server.output(), /Stopped\. Everything that was acknowledged is saved\.\n$/);
    server = await startServer(folder);
    // How long it takes is measured by bench/start.ts: here it would hang on what else the machine does.
    assert.doesNotMatch(server.output(), /Writing the fictional examples/);
    assert.equal(await server.stop(), 0);
  });

  it('commands open the store themselves when no server runs', () => {
    const done = htq(folder, ['import', 'standards', 'examples/standards']);
    assert.match(done.stdout, /0 added, 0 changed, \d+ the same, 0 refused/);
    assert.equal(done.status, 0, done.stderr);
  });

  it('keeps a store’s kind', () => {
    const { status, lines } = failingStart({ HTQ_DATA: folder, PORT: '0' }, ['--own']);
    assert.equal(status, 1);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /was made as an example store, and a store keeps its kind/);
  });

  it('refuses a store of a newer version, in one line', async () => {
    const store = await openEmbeddedStore(folder);
    await sql`insert into platform.migration (name, timestamp) values ('2999-01-01T0000-later', 'x')`.execute(store.db);
    await store.close();
    const { status, lines } = failingStart({ HTQ_DATA: folder, PORT: '0' });
    assert.equal(status, 1);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /made by a newer version of HTQ Toolkit \(it has 2999-01-01T0000-later\)/);
  });

  it('refuses a data folder that it cannot write, in one line', () => {
    const other = freshFolder();
    writeFileSync(join(other, 'file'), '');
    const { status, lines } = failingStart({ HTQ_DATA: join(other, 'file'), PORT: '0' });
    assert.equal(status, 1);
    assert.deepEqual(lines, [
      `HTQ Toolkit did not start. The data folder ${join(other, 'file')} cannot be written. Set HTQ_DATA to a folder that can.`,
    ]);
    removeFolder(other);
  });

  it('names every wrong variable, and no value', () => {
    const { status, lines } = failingStart({ PORT: 'eighty', DATABASE_URL: 'mysql://secret' });
    assert.equal(status, 1);
    assert.match(lines.join('\n'), /PORT: /);
    assert.match(lines.join('\n'), /DATABASE_URL: must begin with postgres/);
    assert.doesNotMatch(lines.join('\n'), /secret/);
  });
});

describe('a store of one’s own', () => {
  const folder = freshFolder();
  let server: RunningServer;
  before(async () => {
    server = await startServer(folder, ['--own']);
  });
  after(async () => {
    await server.stop();
    removeFolder(folder);
  });

  it('begins empty, and refuses fictional records by name', async () => {
    assert.match(server.output(), /This is a store of your own\./);
    const refused = htq(folder, ['import', 'standards', 'examples/standards']);
    assert.equal(refused.status, 1);
    assert.match(
      refused.stdout,
      /^0 added, 0 changed, 0 the same, \d+ refused\.\nRefused: ST\d+ .*a store of your own holds none/,
    );
    assert.doesNotMatch(await (await fetch(`${server.address}/standards`)).text(), /ST9001/);
  });
});

describe('on PostgreSQL', () => {
  it('says in one line, without the address, that a database cannot be reached', () => {
    const { status, lines } = failingStart({ PORT: '0', DATABASE_URL: 'postgresql://someone:secret@127.0.0.1:1/none' });
    assert.equal(status, 1);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^HTQ Toolkit did not start\. The database that DATABASE_URL names cannot be used: /);
    assert.doesNotMatch(lines[0] ?? '', /secret|someone/);
  });

  it('makes an example, serves it, and lets commands in beside the server', async () => {
    const server = await startEmbeddedPostgres();
    const admin = openPostgresStore(`${server.address}/postgres`);
    await sql`create database htq_journey`.execute(admin.db);
    await admin.close();
    const databaseUrl = `${server.address}/htq_journey`;
    const folder = freshFolder();
    const site = await startServer(folder, [], { DATABASE_URL: databaseUrl });
    try {
      assert.match(await (await fetch(`${site.address}/standards`)).text(), /Community network technician/);
      const done = spawnSync(process.execPath, [join(root, 'bin/htq'), 'import', 'standards', 'examples/standards'], {
        cwd: root,
        env: { ...process.env, DATABASE_URL: databaseUrl, HTQ_DATA: folder },
        encoding: 'utf8',
      });
      assert.match(done.stdout, /^0 added, 0 changed, \d+ the same, 0 refused/);
    } finally {
      assert.equal(await site.stop(), 0);
      await server.stop();
      removeFolder(folder);
    }
  });
});
