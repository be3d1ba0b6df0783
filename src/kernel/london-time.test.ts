import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAfter, londonDay, londonTime } from './london-time.ts';

test('a time is London’s, in winter and in summer; what is none is none', () => {
  assert.equal(londonTime('2026-12-01 09:00')?.toISOString(), '2026-12-01T09:00:00.000Z');
  assert.equal(londonTime('2027-06-01T09:00')?.toISOString(), '2027-06-01T08:00:00.000Z');
  assert.equal(londonTime('2027-10-31 01:30')?.toISOString(), '2027-10-31T00:30:00.000Z', 'it comes twice: the first');
  for (const typed of ['2027-03-28 01:30', '2027-02-30 09:00', 'tomorrow', '2027-01-01', '2027-01-01 25:00'])
    assert.equal(londonTime(typed), null, typed);
});

test('a day begins at midnight in London, an hour before that of UTC in summer', () => {
  assert.equal(londonDay(new Date('2027-06-30T23:30:00Z')), '2027-07-01');
  assert.equal(londonDay(new Date('2027-06-30T22:59:59Z')), '2027-06-30');
  assert.equal(londonDay(new Date('2026-12-31T23:59:59Z')), '2026-12-31');
});

test('days are counted over the ends of months and years, whatever the clocks do', () => {
  assert.equal(daysAfter('2027-03-27', 2), '2027-03-29');
  assert.equal(daysAfter('2028-02-28', 1), '2028-02-29');
  assert.equal(daysAfter('2027-01-01', -1), '2026-12-31');
});
