import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { londonDay } from '#kernel/london-time.ts';
import { makeContext } from '#platform/context.ts';
import { openPostgresStore, type Store } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import type { Assertion } from '../../src/capabilities/register/domain/fact.ts';
import { enterFacts } from '../../src/capabilities/register/use-cases/enter-facts.ts';
import { jobs, references } from '../../src/main/compose.ts';
import { type JsonObject, statusBit } from '../../src/web/assets/credential-check.ts';
import { type PostgresServer, startEmbeddedPostgres } from '../support/postgres-servers.ts';
import { freshFolder, type RunningServer, removeFolder, root, startServer } from '../support/server.ts';

const cli = ['--disable-warning=ExperimentalWarning', join(root, 'src/main/cli.ts')];
/** What the issue promises. */
const limitMs = 60_000;

describe('approval that is withdrawn', () => {
  const folder = freshFolder();
  let postgres: PostgresServer;
  let server: RunningServer;
  let store: Store;
  let queue: Awaited<ReturnType<typeof openQueue>>;
  let worker: ChildProcess;
  before(async () => {
    postgres = await startEmbeddedPostgres();
    const address = `${postgres.address}/postgres`;
    server = await startServer(folder, [], { DATABASE_URL: address, HTQ_JOBS: 'elsewhere' });
    worker = spawn(process.execPath, [...cli, 'worker'], {
      env: { ...process.env, HTQ_DATA: folder, DATABASE_URL: address },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await new Promise<void>((done, failed) => {
      worker.stderr?.on('data', (chunk: Buffer) => {
        if (String(chunk).includes('Working off jobs')) done();
      });
      worker.once('exit', (code) => failed(new Error(`The worker ended with ${code}`)));
    });
    store = openPostgresStore(address);
    queue = await openQueue(store, jobs, [], makeLog('silent'));
  });
  after(async () => {
    worker?.kill('SIGTERM');
    await server?.stop();
    await queue?.stop();
    await store?.close();
    await postgres?.stop();
    removeFolder(folder);
  });

  it('turns the status list and the mark that this site serves within a minute, through a worker of its own', async (t) => {
    const place = `${server.address}/mark/offers/999-0001-1-northfield/ST9001`;
    const credential = (await (await fetch(`${place}/credential.json`)).json()) as {
      readonly credentialStatus: JsonObject;
    };
    const entry = [credential.credentialStatus].flat()[0] ?? assert.fail();
    const { pathname } = new URL(String(entry.statusListCredential));
    const isWithdrawn = async () =>
      statusBit((await (await fetch(`${server.address}${pathname}`)).json()) as JsonObject, entry);
    const mark = async () => (await fetch(`${place}/mark-light.svg`)).text();
    assert.equal(await isWithdrawn(), false);
    assert.doesNotMatch(await mark(), /Approval withdrawn/);

    const ctx = makeContext({
      db: store.db,
      clock: () => new Date(),
      storeKind: 'example',
      workers: inlineWorkers,
      name: 'A test',
      address: server.address,
      jobs: queue,
      mail: null,
      issuers: [],
      exampleToken: null,
      personalData: [],
      references,
      actor: { kind: 'system', name: 'test' },
      door: 'command',
    });
    const from = londonDay(ctx.clock());
    const keys = { qualification: '999-0001-1', occupation: null, ukprn: null };
    const assertions: readonly Assertion[] = [
      {
        kind: 'withdrawal',
        subject: '999-0001-1',
        keys,
        from,
        to: null,
        body: { reason: 'quality', note: '', review: null },
      },
      {
        kind: 'approval',
        subject: '999-0001-1/ST9001',
        keys: { ...keys, occupation: 'ST9001' },
        from,
        to: null,
        body: null,
      },
    ];
    await ctx.transaction((inside) =>
      enterFacts(inside, assertions, { source: 'A test', retrievedOn: from }, { name: 'register.entered' }),
    );
    const begun = performance.now();
    // The picture is drawn from the register when it is asked for.
    assert.match(await mark(), /Approval withdrawn/);
    while ((await isWithdrawn()) !== true) {
      assert.ok(performance.now() - begun < limitMs, 'the status list did not turn within a minute');
      await wait(100);
    }
    t.diagnostic(`the served status list turned ${Math.round(performance.now() - begun)} ms after the withdrawal`);
    assert.equal((await fetch(`${place}/credential.json`)).status, 404);
  });
});
