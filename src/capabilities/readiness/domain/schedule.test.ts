import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { criticalOf, type Job, latestOf, orderOf, slackOf, soonestOf } from './schedule.ts';

const job = (days: number, after: readonly number[] = [], more: Partial<Job> = {}): Job => ({
  days,
  after,
  endsBefore: 0,
  notBefore: null,
  doneOn: null,
  begun: null,
  ...more,
});
const order = (jobs: readonly Job[]): Int32Array => {
  const found = orderOf(jobs);
  assert.equal(found.kind, 'ordered');
  return found.kind === 'ordered' ? found.order : new Int32Array();
};
const laid = (jobs: readonly Job[], teach: number, today = 0) => {
  const found = order(jobs);
  const latest = latestOf(jobs, found, teach);
  const soonest = soonestOf(jobs, found, today);
  const slack = slackOf(jobs, latest, soonest);
  return { latest, soonest, slack, critical: criticalOf(jobs, found, slack, soonest) };
};

describe('a plan laid out backwards from the first lesson', () => {
  it('ends everything in time for what waits for it', () => {
    const jobs = [job(10), job(5, [0]), job(20, [0], { endsBefore: 7 }), job(1, [1, 2])];
    const { latest, soonest, critical, slack } = laid(jobs, 100);
    assert.deepEqual([...latest.ends], [73, 99, 93, 100]);
    assert.deepEqual([...latest.starts], [63, 94, 73, 99]);
    assert.deepEqual(critical, [0, 2]);
    assert.equal(soonest.teach, 37);
    assert.deepEqual([...slack], [63, 84, 63, 69]);
  });

  it('says what is too late, and when teaching could begin instead', () => {
    const jobs = [job(10), job(20, [0])];
    const { slack, soonest, latest } = laid(jobs, 25, 0);
    assert.deepEqual([...slack], [-5, -5]);
    assert.deepEqual([...latest.starts], [-5, 5]);
    assert.equal(soonest.teach, 30);
  });

  it('what is done holds nothing up, and what has begun goes on from its beginning', () => {
    const jobs = [job(10, [], { doneOn: 3 }), job(20, [0], { begun: 4 }), job(5, [1])];
    const { soonest, slack, critical } = laid(jobs, 50, 10);
    assert.deepEqual([...soonest.starts], [-7, 4, 24]);
    assert.deepEqual([...soonest.ends], [3, 24, 29]);
    assert.deepEqual([...slack], [0, 21, 21]);
    assert.deepEqual(critical, [1, 2]);
    // Under way though it was to wait: it goes on, and is over with what it waits for.
    const ahead = laid([job(10), job(4, [0], { begun: 8 })], 50, 10);
    assert.deepEqual([...ahead.soonest.ends], [20, 20]);
    // Begun long ago and not over: it will not be over yesterday.
    assert.equal(laid([job(5, [], { begun: -20 })], 50, 10).soonest.ends[0], 11);
  });

  it('begins nothing before it is meant to, and what waits for it waits', () => {
    const jobs = [job(10, [], { notBefore: 15 }), job(5, [0]), job(1, [1], { notBefore: 3 })];
    const { soonest, slack } = laid(jobs, 40, 0);
    assert.deepEqual([...soonest.starts], [15, 25, 30]);
    assert.equal(soonest.teach, 31);
    assert.deepEqual([...slack], [9, 9, 9]);
    // What is done began when it began.
    assert.equal(laid([job(5, [], { notBefore: 30, doneOn: 4 }), job(2, [0])], 40).soonest.teach, 6);
  });

  it('names the tasks that wait for one another', () => {
    const found = orderOf([job(1), job(1, [0, 3]), job(1, [1]), job(1, [2])]);
    assert.equal(found.kind, 'circle');
    assert.deepEqual(found.kind === 'circle' ? found.circle.toSorted() : [], [1, 2, 3]);
    assert.deepEqual(orderOf([job(1, [0])]), { kind: 'circle', circle: [0] });
  });

  it('agrees with the longest path found by trying every path, on small plans at random', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 200; round += 1) {
      const jobs = Array.from({ length: 1 + random(8) }, (_, at) =>
        job(
          random(9),
          Array.from({ length: at }, (_unused, one) => one).filter(() => random(3) === 0),
          {
            endsBefore: random(4),
          },
        ),
      );
      const tail = (at: number): number => {
        const one = jobs[at] as Job;
        const later = jobs.flatMap((other, place) => (other.after.includes(at) ? [tail(place)] : []));
        return one.days + Math.max(one.endsBefore, ...later);
      };
      const head = (at: number): number =>
        Math.max(0, ...(jobs[at]?.after ?? []).map((one) => head(one) + (jobs[one]?.days ?? 0)));
      const { latest, soonest } = laid(jobs, 1000);
      for (let at = 0; at < jobs.length; at += 1) {
        assert.equal(latest.starts[at], 1000 - tail(at));
        assert.equal(soonest.starts[at], head(at));
      }
    }
  });
});
