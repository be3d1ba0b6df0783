import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chancesOf, clawbackShare, promisesOf, safePromise } from './recruitment.ts';

describe('the number to promise a fund', () => {
  it('takes back what the guide’s own example says: at 70 % a tenth', () => {
    assert.ok(Math.abs(clawbackShare(100, 70, 0.8) - 0.1) < 1e-12);
    assert.equal(clawbackShare(100, 80, 0.8), 0);
    assert.equal(clawbackShare(100, 120, 0.8), 0);
    assert.equal(clawbackShare(0, 0, 0.8), 0);
  });

  it('gives every number its chance, the likely one the greatest, one in all', () => {
    const chances = chancesOf({ low: 8, likely: 15, high: 24 });
    assert.equal(chances.length, 17);
    assert.ok(Math.abs(chances.reduce((sum, one) => sum + one.chance, 0) - 1) < 1e-12);
    assert.equal(chances.toSorted((one, other) => other.chance - one.chance)[0]?.learners, 15);
    assert.deepEqual(chancesOf({ low: 5, likely: 5, high: 5 }), [{ learners: 5, chance: 1 }]);
  });

  it('expects what drawing many times would come to', () => {
    const forecast = { low: 8, likely: 15, high: 24 };
    const chances = chancesOf(forecast);
    let seed = 11;
    const draw = (): number => {
      seed = (seed * 48271) % 2147483647;
      let rest = seed / 2147483647;
      for (const one of chances) {
        rest -= one.chance;
        if (rest <= 0) return one.learners;
      }
      return forecast.high;
    };
    const came = Array.from({ length: 100_000 }, draw);
    for (const { promised, expected, chance } of promisesOf(forecast, 100_000, 0.8)) {
      const back = came.map((learners) => clawbackShare(promised, learners, 0.8) * 100_000);
      const mean = back.reduce((sum, one) => sum + one, 0) / back.length;
      assert.ok(Math.abs(mean - expected) < 150, `${promised}: ${mean} ${expected}`);
      assert.ok(Math.abs(back.filter((one) => one > 0).length / back.length - chance) < 0.01);
    }
  });

  it('agrees with each promise worked out by itself, to the penny', () => {
    for (const forecast of [
      { low: 0, likely: 0, high: 9 },
      { low: 0, likely: 40, high: 41 },
      { low: 28, likely: 35, high: 90 },
      { low: 7, likely: 7, high: 7 },
    ])
      for (const { promised, expected, chance } of promisesOf(forecast, 123_456.78, 0.8)) {
        const chances = chancesOf(forecast);
        const share = (came: number): number => clawbackShare(promised, came, 0.8);
        const sum = chances.reduce((all, one) => all + one.chance * share(one.learners) * 123_456.78, 0);
        assert.ok(Math.abs(sum - expected) <= 0.0051, `${promised}: ${sum} ${expected}`);
        const some = chances.filter((one) => share(one.learners) > 0).reduce((all, one) => all + one.chance, 0);
        assert.ok(Math.abs(some - chance) < 1e-9);
      }
  });

  it('names the promise that costs nothing even in the low case', () => {
    const forecast = { low: 8, likely: 15, high: 24 };
    assert.equal(safePromise(forecast, 0.8), 10);
    const promises = promisesOf(forecast, 100_000, 0.8);
    assert.equal(promises.find((one) => one.promised === 10)?.worst, 0);
    assert.ok((promises.find((one) => one.promised === 11)?.worst ?? 0) > 0);
  });
});
