import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setUpCost, verdictOf, yearsToPayBack } from './payback.ts';

const money = { feeEach: 6200, costEach: 1150, fixedCost: 64_000 };
const forecast = { low: 10, likely: 16, high: 26 };

describe('whether the set-up comes back', () => {
  it('costs what every task that is needed costs', () => {
    const tasks = [
      { cost: 164_000.1, status: 'to-do' },
      { cost: 0.2, status: 'done' },
      { cost: 500, status: 'not-needed' },
      { cost: null, status: 'doing' },
    ] as const;
    assert.equal(setUpCost(tasks), 164_000.3);
    assert.equal(setUpCost([]), 0);
  });

  it('comes back after as many years as what is left over goes into it, or never', () => {
    assert.equal(yearsToPayBack(100, 25), 4);
    assert.equal(yearsToPayBack(100, 0), null);
    assert.equal(yearsToPayBack(100, -5), null);
    assert.equal(yearsToPayBack(-20, -5), 0, 'a fund gave more than it costs');
  });

  it('says what it hangs on', () => {
    assert.equal(verdictOf(null, forecast, 100, null).kind, 'no-figures');
    assert.equal(verdictOf({ ...money, feeEach: 1000 }, forecast, 100, null).kind, 'never');
    assert.equal(verdictOf(money, null, 100, null).kind, 'no-forecast');
    assert.deepEqual(verdictOf(money, { ...forecast, likely: 12 }, 100, null), { kind: 'short', missing: 3400 });
    assert.equal(verdictOf(money, forecast, 100_000, null).kind, 'pays');
    assert.equal(verdictOf(money, forecast, 240_200, null).kind, 'too-slow');
    assert.equal(verdictOf(money, forecast, 240_200, 120_000).kind, 'pays-with-award');
    const none = verdictOf({ ...money, fixedCost: 5050 * 16 }, forecast, 100, null);
    assert.equal(none.kind, 'too-slow', 'nothing left over pays nothing back');
  });
});
