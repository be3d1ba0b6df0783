import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { movedUp } from './collection.ts';
import { monthsUntil, sumOf } from './usefulness.ts';

describe('usefulness', () => {
  it('goes back over the end of a year', () => {
    assert.deepEqual(monthsUntil('2027-02', 4), ['2026-11', '2026-12', '2027-01', '2027-02']);
  });

  it('sums what months and themes say', () => {
    const count = { theme: 'a', month: '2026-11', useful: 3, not: 1 };
    assert.deepEqual(sumOf([count, { ...count, useful: 0, not: 2 }]), { useful: 3, all: 6 });
    assert.deepEqual(sumOf([]), { useful: 0, all: 0 });
  });
});

describe('the order of a collection', () => {
  it('moves one up, and the first nowhere', () => {
    assert.deepEqual(movedUp(['a', 'b', 'c'], 'c'), ['a', 'c', 'b']);
    assert.deepEqual(movedUp(['a', 'b'], 'a'), ['a', 'b']);
    assert.deepEqual(movedUp(['a', 'b'], 'x'), ['a', 'b']);
  });
});
