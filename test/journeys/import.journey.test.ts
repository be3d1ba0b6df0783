import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openEmbeddedStore } from '#platform/db/open-store.ts';
import { freshFolder, removeFolder, root } from '../support/server.ts';

const words = ['--disable-warning=ExperimentalWarning', join(root, 'src/main/cli.ts'), 'import', 'standards'];
const example = JSON.parse(readFileSync(join(root, 'examples/standards/ST9001-1.1.json'), 'utf8')) as object;
const count = 600;
const feedText = JSON.stringify(
  Array.from({ length: count }, (_, at) => ({ ...example, referenceNumber: `ST${String(at).padStart(4, '0')}` })),
);

describe('importing a feed from the command line', () => {
  const folder = freshFolder();
  const feed = join(folder, 'feed.json');
  writeFileSync(feed, feedText);
  const env = { ...process.env, HTQ_DATA: join(folder, 'data') };
  after(() => removeFolder(folder));

  const importAgain = (place: string) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [...words, place, '--json'], {
      env,
      encoding: 'utf8',
    });
    return {
      status,
      stderr,
      report: stdout ? (JSON.parse(stdout) as Record<'added' | 'changed' | 'same', number>) : null,
    };
  };

  it('killed without warning, it leaves whole records only, and a second run completes them', async () => {
    assert.equal(importAgain(join(root, 'examples/standards/ST9001-1.0.json')).status, 0);
    const child = spawn(process.execPath, [...words, feed], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((done) => child.once('exit', done));
    // Killed as soon as it says that some are written: wherever it is then within the next batch.
    await new Promise((done) => child.stderr.once('data', done));
    child.kill('SIGKILL');
    await ended;
    const store = await openEmbeddedStore(env.HTQ_DATA);
    const { rows } = await sql<{ record: string }>`
      select record from standards.standard_version where reference < 'ST0600'`.execute(store.db);
    await store.close();
    assert.ok(rows.length >= 200 && rows.length < count, `${rows.length} of ${count} were there`);
    assert.equal(rows.length % 50, 0, 'a batch is written whole or not at all');
    for (const { record } of rows) assert.equal(JSON.parse(record).title, 'Community network technician');
    const { report, status, stderr } = importAgain(feed);
    assert.equal(status, 0, stderr);
    assert.deepEqual(report, { added: count - rows.length, changed: 0, same: rows.length, refused: [] });
    assert.deepEqual(importAgain(feed).report, { added: 0, changed: 0, same: count, refused: [] });
  });

  it('from an address: what it answers, and a clear word when that is no feed', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/feed') response.setHeader('content-type', 'application/json').end(feedText);
      else if (request.url === '/page')
        response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sorry</title>');
      else response.writeHead(503).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // The command must run beside this server, so it is not waited for with spawnSync.
    const run = (place: string) =>
      new Promise<{ status: number | null; out: string; err: string }>((done) => {
        const child = spawn(process.execPath, [...words, place], { env });
        let out = '';
        let err = '';
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        child.stderr.on('data', (chunk) => {
          err += chunk;
        });
        child.once('exit', (status) => done({ status, out, err }));
      });
    try {
      const good = await run(`${address}/feed`);
      assert.equal(good.out, `0 added, 0 changed, ${count} the same, 0 refused.\n`);
      const page = await run(`${address}/page`);
      assert.equal(page.status, 2);
      assert.equal(page.out, '');
      assert.match(page.err, /\/page is a web page, not JSON/);
      const down = await run(`${address}/down`);
      assert.equal(down.status, 2);
      assert.match(down.err, /\/down answered 503/);
    } finally {
      server.close();
    }
  });
});
