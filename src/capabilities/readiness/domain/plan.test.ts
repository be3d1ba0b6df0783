import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { movesOf } from './move.ts';
import { layOutPlan, startsThisMonth, type Task } from './plan.ts';

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
    assert.equal(startsThisMonth(one, today), true);
  });
});
