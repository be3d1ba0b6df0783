import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { unitsOfQualification } from '#cap/alignment';
import type { Context } from '#platform/context.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { colleaguesOf, exampleProvider } from '../../accounts/use-cases/colleagues.ts';
import { seedExamplePeople } from '../../accounts/use-cases/example-people.ts';
import type { Task } from '../domain/plan.ts';
import { findPlan, listTasks } from '../store/plans.ts';
import { addUnits, keepPlan, mostTasks, openPlan } from './keep-plans.ts';
import { inPlans } from './personal-data.ts';
import { planXlsx } from './plan-files.ts';
import { rollOver } from './roll-over.ts';
import { addTask, applyChange, editTask } from './work-on-tasks.ts';

describe('several people working on one plan', () => {
  let store: TestStore;
  let ctx: Context;
  let provider = '';
  before(async () => {
    store = await openTestContext('example');
    ctx = store.ctx;
    await seedExamplePeople(ctx);
    provider = (await exampleProvider(ctx)) ?? '';
  });
  after(() => store.close());

  const asked = {
    qualification: 'Robots',
    level: 4,
    awardingOrganisation: '',
    route: 'Digital',
    firstTeach: '2029-09-20',
    learners: null,
  };
  const keep = (id: string = randomUUID()) => keepPlan(ctx, id, provider, asked, null);
  const first = async (plan: string): Promise<Task> => {
    const [task] = await listTasks(ctx, plan);
    assert.ok(task);
    return task;
  };

  it('of twenty who save the same task at once, one is taken, and the others are told', async () => {
    const plan = await keep();
    const task = await first(plan);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        editTask(ctx, plan, task.id, { ...task, evidence: `Number ${at}` }, task.revision),
      ),
    );
    assert.equal(answers.filter((one) => one.kind === 'ok').length, 1);
    const others = answers.flatMap((one) => (one.kind === 'refused' ? [one.refusal.kind] : []));
    assert.deepEqual(new Set(others), new Set(['changed']));
    assert.equal((await first(plan)).revision, task.revision + 1);
  });

  it('a move that was looked at is applied once, however often it is sent at once', async () => {
    const plan = await keep();
    const { revision = 0 } = (await findPlan(ctx, plan)) ?? {};
    const change = { kind: 'first-teach', firstTeach: '2030-01-10' } as const;
    const answers = await Promise.all(Array.from({ length: 5 }, () => applyChange(ctx, plan, change, revision)));
    assert.equal(answers.filter((one) => one.kind === 'ok').length, 1);
    assert.equal((await findPlan(ctx, plan))?.firstTeach, '2030-01-10');
  });

  it('a plan, a task and the next year’s plan come once, however often they are sent at once', async () => {
    const id = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => keep(id)));
    const steps = (await listTasks(ctx, id)).length;
    const task = await first(id);
    const own = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => addTask(ctx, id, own, { ...task, after: [] })));
    assert.equal((await listTasks(ctx, id)).length, steps + 1);
    const next = randomUUID();
    const repeats = new Set((await listTasks(ctx, id)).map((one) => one.id));
    const asked = { firstTeach: '2030-09-20', repeats, another: false };
    await Promise.all(Array.from({ length: 5 }, () => rollOver(ctx, id, { ...asked, id: next }, null)));
    assert.equal((await listTasks(ctx, next)).length, steps + 1);
    const others = await Promise.all(
      Array.from({ length: 3 }, () => rollOver(ctx, id, { ...asked, id: randomUUID() }, null)),
    );
    assert.deepEqual(
      others.map((one) => one.kind === 'refused' && one.refusal.kind),
      ['there-already', 'there-already', 'there-already'],
      'nor does a form that is opened twice make two plans of one year',
    );
  });

  it('a task that is opened again shows what it then pushes back', async () => {
    const plan = await keep();
    const byStep = async (step: string): Promise<Task> => {
      const found = (await listTasks(ctx, plan)).find((one) => one.step === step);
      assert.ok(found);
      return found;
    };
    const specify = await byStep('specify');
    assert.equal((await editTask(ctx, plan, specify.id, { ...specify, status: 'done' }, specify.revision)).kind, 'ok');
    const order = await byStep('order');
    const earlier = { starts: '2026-12-01', ends: '2027-02-01' };
    assert.deepEqual(await editTask(ctx, plan, order.id, { ...order, ...earlier }, order.revision), {
      kind: 'ok',
      value: 'saved',
    });
    const done = await byStep('specify');
    const opened = await editTask(ctx, plan, specify.id, { ...done, status: 'to-do' }, done.revision);
    assert.deepEqual(opened, { kind: 'ok', value: 'look-first' });
    assert.equal((await byStep('specify')).status, 'to-do');
    assert.equal((await byStep('order')).starts, '2026-12-01', 'nothing has moved yet');
  });

  it('each unit of a file comes once, and waits for what the reference data says', async () => {
    const plan = await keep();
    const units = [
      { code: 'U1', title: 'One' },
      { code: 'U1', title: 'One again' },
    ];
    assert.deepEqual(await addUnits(ctx, plan, units), { kind: 'ok', value: 1 });
    const tasks = await listTasks(ctx, plan);
    const unit = tasks.find((one) => one.step === 'unit:U1');
    const design = tasks.find((one) => one.step === 'design');
    assert.deepEqual(unit?.after, [design?.id]);
    assert.ok(unit && design && unit.starts >= design.ends);
  });

  it('files are read and workbooks written on the pool, not where everyone’s pages are made', async () => {
    const ran: string[] = [];
    const watched: Context = {
      ...ctx,
      workers: {
        ...ctx.workers,
        run: (work, input, limit) => {
          ran.push(work.name);
          return ctx.workers.run(work, input, limit);
        },
      },
    };
    const read = await unitsOfQualification(watched, {
      name: 'x.json',
      bytes: new TextEncoder().encode('{"units": [{"code": "U1", "title": "One"}]}'),
    });
    assert.equal(read.kind, 'ok');
    const plan = await openPlan(watched, await keep());
    assert.ok(plan);
    const { laid } = plan;
    await planXlsx(watched, { title: 'Robots', provider: '', firstTeach: plan.plan.firstTeach, laid }, () => '');
    assert.deepEqual(ran, ['readInputWork', 'writeXlsx']);
  });

  it('a plan that someone made is told to them, and goes on without their name', async () => {
    const [person] = await colleaguesOf(ctx, provider);
    assert.ok(person);
    const plan = await keepPlan(ctx, randomUUID(), provider, asked, person.id);
    const task = await first(plan);
    await editTask(ctx, plan, task.id, { ...task, owner: person.id }, task.revision);
    const ownersSeen = async () => (await openPlan(ctx, plan))?.tasks.map((one) => one.owner);
    assert.ok((await ownersSeen())?.includes(person.id));
    const held = await inPlans.held(ctx, person.id);
    assert.match(JSON.stringify(held), /Robots/);
    await ctx.transaction((inside) => inPlans.erase(inside, person.id));
    assert.equal((await findPlan(ctx, plan))?.madeBy, null);
    assert.ok(!(await ownersSeen())?.includes(person.id), 'also where the plan had been looked at before');
    assert.doesNotMatch(JSON.stringify(await inPlans.held(ctx, person.id)), /Robots/);
  });

  it('holds two thousand tasks and no more', async () => {
    const plan = await keep();
    const there = (await listTasks(ctx, plan)).length;
    const units = Array.from({ length: mostTasks - there }, (_, at) => ({ code: `U${at}`, title: `Unit ${at}` }));
    assert.deepEqual(await addUnits(ctx, plan, units), { kind: 'ok', value: units.length });
    assert.equal((await listTasks(ctx, plan)).length, mostTasks);
    assert.deepEqual(await addUnits(ctx, plan, [{ code: 'X', title: 'One more' }]), {
      kind: 'refused',
      refusal: 'too-many',
    });
  });
});
