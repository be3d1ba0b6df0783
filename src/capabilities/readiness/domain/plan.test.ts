import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextIntake } from './delivery-steps.ts';
import { movesOf } from './move.ts';
import { byPressure, layOutPlan, startsSoon, type Task } from './plan.ts';

const task = (id: string, starts: string, ends: string, more: Partial<Task> = {}): Task => ({
  id,
  step: null,
  strand: 'staff',
  title: id,
  why: '',
  who: '',
  guidance: '',
  owner: null,
  starts,
  ends,
  endsBefore: 0,
  status: 'to-do',
  doneOn: null,
  after: [],
  cost: null,
  evidence: '',
  revision: 1,
  ...more,
});

const today = '2026-11-23';

describe('where a plan stands', () => {
  it('what is not needed holds nothing up, though its dates lie ahead', () => {
    const tasks = [
      task('order', '2027-05-01', '2027-08-01', { status: 'not-needed' }),
      task('install', '2027-08-01', '2027-08-15', { after: ['order'] }),
    ];
    const laid = layOutPlan(tasks, '2027-09-20', today);
    assert.equal(laid.earliestTeach, '2026-12-07', 'two weeks from today');
    const [move] = movesOf(tasks, { kind: 'first-teach', firstTeach: '2026-12-20' }, today);
    assert.deepEqual([move?.task.id, move?.starts], ['install', '2026-12-06']);
  });

  it('what waited for something that is not needed waits for what that waited for', () => {
    const tasks = [
      task('specify', '2026-11-01', '2026-12-23', { status: 'doing' }),
      task('order', '2027-01-01', '2027-02-01', { status: 'not-needed', after: ['specify'] }),
      task('install', '2027-02-01', '2027-02-15', { after: ['order'] }),
    ];
    const laid = layOutPlan(tasks, '2027-09-20', today);
    assert.equal(laid.earliestTeach, '2027-01-06');
    assert.deepEqual(
      laid.critical.map((one) => one.id),
      ['specify', 'install'],
    );
  });

  it('what was to begin last month and has not is still to begin', () => {
    const laid = layOutPlan([task('post', '2026-10-15', '2026-12-10')], '2027-09-20', today);
    const [one] = laid.tasks;
    assert.ok(one && !one.late && !one.shouldHaveStarted);
    assert.equal(startsSoon(today)(one), true);
  });

  it('a task that is later than advised is told so, and moves first teach only if what waits for it does', () => {
    const tasks = [
      task('gaps', '2026-11-23', '2026-12-21', { step: 'skills-gaps', endsBefore: 280 }),
      task('recruit', '2027-02-01', '2027-06-21', { after: ['gaps'] }),
    ];
    const laid = layOutPlan(tasks, '2027-09-20', today);
    assert.equal(laid.expectedTeach, '2027-06-21');
    assert.equal(laid.tasks[0]?.tightBy, 7, 'advised is 14 December');
    assert.deepEqual(
      laid.critical.map((one) => one.id),
      ['gaps', 'recruit'],
    );
    assert.equal(laid.tasks[0]?.slack, 133, '21 December to 3 May, when recruiting has to begin');
  });

  it('counts slack from the plan’s own dates, and hangs on what is planned too late', () => {
    const tasks = [
      task('market', '2027-06-01', '2027-12-25'),
      task('enrol', '2027-08-30', '2027-09-20'),
      task('teach', '2026-12-01', '2027-03-01'),
    ];
    const laid = layOutPlan(tasks, '2027-09-20', today);
    assert.equal(laid.tasks[0]?.slack, -96);
    assert.equal(laid.tasks[1]?.slack, 0);
    assert.equal(laid.expectedTeach, '2027-12-27', 'the Monday after 25 December');
    assert.deepEqual(
      laid.critical.map((one) => one.id),
      ['market'],
    );
    assert.ok(laid.earliestTeach < '2027-09-20', 'each could begin sooner');
  });

  it('puts first what can begin, of what presses', () => {
    const tasks = [
      task('waits', '2026-12-07', '2026-12-14', { after: ['can'] }),
      task('can', '2026-11-23', '2026-12-07'),
      task('overdue', '2026-10-01', '2026-11-01', { status: 'doing' }),
    ];
    const { tasks: laid } = layOutPlan(tasks, '2027-09-20', today);
    assert.deepEqual(
      laid.toSorted(byPressure).map((one) => one.task.id),
      ['overdue', 'can', 'waits'],
    );
    assert.deepEqual(
      laid[0]?.waitsFor.map((one) => one.id),
      ['can'],
    );
  });
});

describe('the next usual group', () => {
  it('is the month that a day is in, as long as a group still begins in it, or the next', () => {
    const intakes = { intakes: [9, 1] };
    assert.equal(nextIntake(intakes, '2027-05-28'), '2027-09');
    assert.equal(nextIntake(intakes, '2027-09-20'), '2027-09');
    assert.equal(nextIntake(intakes, '2027-09-29'), '2028-01');
    assert.equal(nextIntake(intakes, '2027-12-31'), '2028-01');
  });
});
