import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { openPostgresStore, type Store } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { applyRetentionJob } from '../../src/capabilities/accounts/jobs/apply-retention.ts';
import { jobs } from '../../src/main/compose.ts';
import { type MailServer, openMailServer } from '../support/mail-server.ts';
import { type PostgresServer, startEmbeddedPostgres } from '../support/postgres-servers.ts';
import { freshFolder, type RunningServer, removeFolder, root, startServer } from '../support/server.ts';

const cli = ['--disable-warning=ExperimentalWarning', join(root, 'src/main/cli.ts')];

describe('workers of their own, on PostgreSQL', () => {
  const folder = freshFolder();
  let postgres: PostgresServer;
  let mail: MailServer;
  let server: RunningServer;
  let store: Store;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    postgres = await startEmbeddedPostgres();
    mail = await openMailServer();
    const address = `${postgres.address}/postgres`;
    const settings = {
      DATABASE_URL: address,
      HTQ_JOBS: 'elsewhere',
      HTQ_MAIL: mail.address,
      HTQ_MAIL_FROM: 'toolkit@toolkit.example',
    };
    env = { ...process.env, HTQ_DATA: folder, ...settings };
    server = await startServer(folder, ['--own'], settings);
    store = openPostgresStore(address);
  });
  after(async () => {
    await server?.stop();
    await store?.close();
    await mail?.close();
    await postgres?.stop();
    removeFolder(folder);
  });

  const startWorker = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [...cli, 'worker'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((done, failed) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        if (String(chunk).includes('Working off jobs')) done();
      });
      child.once('exit', (code) => failed(new Error(`The worker ended with ${code}`)));
    });
    return child;
  };
  const askForCode = (address: string) =>
    fetch(`${server.address}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ address, to: '/account' }),
    });
  const until = async (what: () => Promise<boolean> | boolean, seconds: number): Promise<void> => {
    for (let tries = 0; tries < seconds * 10; tries += 1) {
      if (await what()) return;
      await wait(100);
    }
    throw new Error('It did not come to that in time');
  };
  const mailStates = async () =>
    (await sql<{ state: string }>`select state from platform.mail order by made_at`.execute(store.db)).rows.map(
      (row) => row.state,
    );

  it('says at start that jobs wait for a worker, and they do; a worker then sends the mail', async () => {
    assert.match(server.output(), /Jobs wait for a worker: bin\/htq worker\./);
    assert.match(server.output(), /Mail leaves through 127\.0\.0\.1\./);
    assert.equal((await askForCode('one@college.example')).status, 303);
    await wait(1500);
    assert.deepEqual(await mailStates(), ['waiting']);
    const worker = await startWorker();
    await until(() => mail.taken.length === 1, 20);
    worker.kill('SIGTERM');
    assert.equal(await new Promise((done) => worker.once('exit', (code) => done(code))), 0, 'it ends cleanly');
    assert.deepEqual(await mailStates(), ['sent']);
  });

  it('killed in the middle of a job, the job runs again elsewhere, and acts once', async () => {
    const queue = await openQueue(store, jobs, [], makeLog('silent'));
    // Older than a day, so that there is something to delete, and the act is recorded.
    await sql`update accounts.sign_in set made_at = made_at - interval '2 days'`.execute(store.db);
    let held: ChildProcess | undefined;
    // Another transaction holds the table, so the job stands still in the middle of its own.
    await store.db.transaction().execute(async (lock) => {
      await sql`lock table accounts.sign_in in share mode`.execute(lock);
      await queue.send(store.db, applyRetentionJob, {});
      held = await startWorker();
      const stuck = async () =>
        (
          await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%sign_in%'`.execute(
            store.db,
          )
        ).rows.length > 0;
      await until(stuck, 30);
      held.kill('SIGKILL');
    });
    const second = await startWorker();
    const done = async () =>
      (
        await sql`select 1 from pgboss.job where name = ${applyRetentionJob.name} and state = 'completed'`.execute(
          store.db,
        )
      ).rows.length > 0;
    await until(done, 60);
    const { rows } = await sql<{ after: object; door: string; actor: string }>`
      select after, door, actor from platform.act where name = 'accounts.retention-applied'`.execute(store.db);
    assert.deepEqual(
      rows.map((row) => [row.door, row.actor, (row.after as Record<string, number>)['sign-ins']]),
      [['job', applyRetentionJob.name, 1]],
    );
    second.kill('SIGTERM');
    await new Promise((ended) => second.once('exit', ended));
    await queue.stop();
  });
});
