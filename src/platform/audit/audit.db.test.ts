import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openTestContext, type TestStore } from '../../../test/support/stores.ts';
import { actingAs, type Context } from '../context.ts';
import { findActs } from './find-acts.ts';
import { personalActs } from './personal-acts.ts';
import { type Act, recordAct } from './record-act.ts';
import { sealActs } from './seal-acts.ts';
import { verifyActs } from './verify-acts.ts';

describe('the audit trail', () => {
  let store: TestStore;
  let ctx: Context;
  before(async () => {
    store = await openTestContext();
    ctx = store.ctx;
  });
  after(() => store.close());

  const record = (act: Partial<Act> = {}) =>
    ctx.transaction((inside) => recordAct(inside, { name: 'test.act', after: { b: 1, a: ['x'] }, ...act }));
  const everything = { name: null, about: null, organisation: null, from: null, until: null };

  it('takes an act in the transaction of what it tells of, and nowhere else', async () => {
    await assert.rejects(recordAct(ctx, { name: 'test.act' }), /transaction of the act/);
    const before = (await findActs(ctx, everything, 1000)).length;
    await assert.rejects(
      ctx.transaction(async (inside) => {
        await recordAct(inside, { name: 'test.rolled-back' });
        throw new Error('the act itself failed');
      }),
    );
    assert.equal((await findActs(ctx, everything, 1000)).length, before);
  });

  it('says who, for whom, what, before and after, when and through which door', async () => {
    const person = {
      kind: 'person',
      id: 'p1',
      name: 'Someone',
      roles: [],
      memberships: [],
      actingFor: 'o1',
    } as const;
    await actingAs(ctx, person, 'page').transaction((inside) =>
      recordAct(inside, {
        name: 'test.told',
        subject: { kind: 'thing', id: 't1' },
        before: { size: 1 },
        after: { size: 2 },
        personal: { name: { value: 'Someone', person: 'p1' } },
      }),
    );
    const [act] = await findActs(ctx, { ...everything, about: 't1' }, 10);
    assert.deepEqual(
      { ...act, number: 0, at: act?.at.toISOString() },
      {
        number: 0,
        at: ctx.clock().toISOString(),
        name: 'test.told',
        door: 'page',
        actorKind: 'person',
        actor: 'p1',
        forOrganisation: 'o1',
        subjectKind: 'thing',
        subjectId: 't1',
        before: { size: 1 },
        after: { size: 2 },
        personal: { name: 'Someone' },
        batch: null,
      },
    );
    const { rows } = await sql<{
      text: string;
    }>`select act::text as text from platform.act where subject_id = 't1'`.execute(ctx.db);
    assert.doesNotMatch(rows[0]?.text ?? '', /Someone/, 'the trail itself holds no personal value');
  });

  it('is refused by the database when something would change it or take it out', async () => {
    await record();
    for (const statement of [
      sql`update platform.act set name = 'other'`,
      sql`delete from platform.act`,
      sql`truncate platform.act cascade`,
    ])
      await assert.rejects(statement.execute(ctx.db), /audit trail is only ever added to/);
  });

  it('is sealed in batches that follow each other, and holds', async () => {
    await record();
    assert.ok((await sealActs(ctx)) > 0);
    assert.equal(await sealActs(ctx), 0, 'a second run finds nothing to seal');
    await record();
    await record();
    assert.equal(await sealActs(ctx), 2);
    await record();
    const report = await verifyActs(ctx);
    assert.deepEqual(report.faults, []);
    assert.equal(report.unsealed, 1);
    assert.ok(report.batches >= 2);
    assert.deepEqual((await verifyActs(ctx, report.head)).faults, []);
    assert.match((await verifyActs(ctx, 'f'.repeat(64))).faults.join(), /cut short or written anew/);
  });

  it('sealed by two at once, each act is in one batch', async () => {
    for (let count = 0; count < 20; count += 1) await record();
    const sealed = await Promise.all([sealActs(ctx), sealActs(ctx)]);
    assert.equal(Math.max(...sealed) >= 20, true);
    assert.deepEqual((await verifyActs(ctx)).faults, []);
  });

  it('still proves after an erasure', async () => {
    await record({ personal: { address: { value: 'gone@example.org', person: 'p2' } } });
    await sealActs(ctx);
    await ctx.transaction((inside) => personalActs.erase(inside, 'p2'));
    assert.deepEqual(await findActs(ctx, everything, 1).then(([act]) => act?.personal), {});
    assert.deepEqual((await verifyActs(ctx)).faults, []);
  });

  /** What someone could do who holds the database itself. */
  const tamper = async (statement: ReturnType<typeof sql>) => {
    await ctx.transaction(async ({ db }) => {
      for (const table of ['act', 'act_batch', 'act_sealed'])
        await sql`alter table platform.${sql.id(table)} disable trigger user`.execute(db);
      await statement.execute(db);
      for (const table of ['act', 'act_batch', 'act_sealed'])
        await sql`alter table platform.${sql.id(table)} enable trigger user`.execute(db);
    });
  };

  it('shows a personal value that was changed behind its back', async () => {
    await record({ personal: { name: { value: 'True', person: null } } });
    await sql`update platform.act_personal set value = 'False' where value = 'True'`.execute(ctx.db);
    assert.match((await verifyActs(ctx)).faults.join(), /The name of act \d+ is not what was recorded/);
    await sql`update platform.act_personal set value = 'True' where value = 'False'`.execute(ctx.db);
    assert.deepEqual((await verifyActs(ctx)).faults, []);
  });

  it('shows an act that was changed, one that was taken out, and a batch that is missing', async () => {
    await record({ name: 'test.changed-later' });
    await sealActs(ctx);
    await tamper(sql`update platform.act set after = '{"a":["y"]}' where name = 'test.changed-later'`);
    assert.match((await verifyActs(ctx)).faults.join(), /an act in it was changed/);
    await tamper(sql`update platform.act set after = '{"b":1,"a":["x"]}' where name = 'test.changed-later'`);
    assert.deepEqual((await verifyActs(ctx)).faults, []);

    await tamper(sql`delete from platform.act where name = 'test.changed-later'`);
    assert.match((await verifyActs(ctx)).faults.join(), /was sealed with \d+ acts and has \d+/);
    await record();
    await sealActs(ctx);
    await tamper(sql`delete from platform.act_sealed where batch = 1`);
    await tamper(sql`delete from platform.act_batch where batch = 1`);
    assert.match((await verifyActs(ctx)).faults.join(), /Batch 1 is missing/);
  });
});
