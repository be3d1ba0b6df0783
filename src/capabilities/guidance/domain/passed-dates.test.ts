import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passedDates } from './passed-dates.ts';

test('dates that were to come when a text was published, and are over', () => {
  const text = [
    'It began on 13 October 2021.',
    'Apply until 30 June 2027, or in September 2027.',
    'From 1 January 2028; may 2027 be good.',
  ].join('\n');
  const words = (today: string) => passedDates(text, '2026-11-24', today).map((one) => `${one.line}: ${one.words}`);
  assert.deepEqual(words('2026-11-24'), []);
  assert.deepEqual(words('2027-06-30'), ['3: may 2027']);
  assert.deepEqual(words('2027-07-01'), ['2: 30 June 2027', '3: may 2027']);
  assert.deepEqual(words('2027-09-30'), ['2: 30 June 2027', '3: may 2027']);
  assert.deepEqual(words('2027-10-01'), ['2: 30 June 2027', '2: September 2027', '3: may 2027']);
});
