import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Job, layOut, orderOf } from './schedule.ts';

const job = (days: number, after: readonly number[] = [], more: Partial<Job> = {}): Job => ({
  days,
  after,
  endsBefore: 0,
  doneOn: null,
  begun: null,
  ...more,
});
const order = (jobs: readonly Job[]): Int32Array => {
  const found = orderOf(jobs);
  assert.equal(found.kind, 'ordered');
  return found.kind === 'ordered' ? found.order : new Int32Array();
};
const laid = (jobs: readonly Job[], teach: number, today = 0) => layOut(jobs, order(jobs), teach, today);

describe('a plan laid out backwards from the first lesson', () => {
  it('ends everything in time for what waits for it', () => {
    const jobs = [job(10), job(5, [0]), job(20, [0], { endsBefore: 7 }), job(1, [1, 2])];
    const { latestStart, latestEnd, critical, earliestTeach, slack } = laid(jobs, 100);
    assert.deepEqual([...latestEnd], [73, 99, 93, 100]);
    assert.deepEqual([...latestStart], [63, 94, 73, 99]);
    assert.deepEqual(critical, [0, 2]);
    assert.equal(earliestTeach, 37);
    assert.deepEqual([...slack], [63, 84, 63, 69]);
  });

  it('says what is too late, and when teaching could begin instead', () => {
    const jobs = [job(10), job(20, [0])];
    const { slack, earliestTeach, latestStart } = laid(jobs, 25, 0);
    assert.deepEqual([...slack], [-5, -5]);
    assert.deepEqual([...latestStart], [-5, 5]);
    assert.equal(earliestTeach, 30);
  });

  it('what is done holds nothing up, and what has begun goes on from its beginning', () => {
    const jobs = [job(10, [], { doneOn: 3 }), job(20, [0], { begun: 4 }), job(5, [1])];
    const { earliestStart, earliestEnd, slack, critical } = laid(jobs, 50, 10);
    assert.deepEqual([...earliestStart], [-7, 4, 24]);
    assert.deepEqual([...earliestEnd], [3, 24, 29]);
    assert.deepEqual([...slack], [0, 21, 21]);
    assert.deepEqual(critical, [1, 2]);
    // Begun long ago and not over: it will not be over yesterday.
    assert.equal(laid([job(5, [], { begun: -20 })], 50, 10).earliestEnd[0], 11);
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
      const { latestStart, earliestStart } = laid(jobs, 1000);
      for (let at = 0; at < jobs.length; at += 1) {
        assert.equal(latestStart[at], 1000 - tail(at));
        assert.equal(earliestStart[at], head(at));
      }
    }
  });
});
