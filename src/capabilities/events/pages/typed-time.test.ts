import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClock, readDayAndTime, readMoment } from './typed-time.ts';

test('a time of day is read as people in Britain write it', () => {
  for (const typed of ['9:30', '09:30', '9.30', '9.30am', '9:30 a.m.']) assert.equal(readClock(typed), '09:30', typed);
  assert.equal(readClock('2pm'), '14:00');
  assert.equal(readClock('12 am'), '00:00');
  assert.equal(readClock('12.15pm'), '12:15');
  for (const typed of ['', '9', '24:00', '9:60', '13pm', '0am', 'noon']) assert.equal(readClock(typed), null, typed);
});

test('a day and a time in one field', () => {
  for (const typed of [
    '1/2/2027 9:00',
    '1 February 2027, 09:00',
    '1 Feb 2027 at 9am',
    '2027-02-01 09:00',
    '2027-02-01T09:00',
  ])
    assert.equal(readDayAndTime(typed)?.toISOString(), '2027-02-01T09:00:00.000Z', typed);
  for (const typed of ['1/2/2027', '9:00', '30/2/2027 9:00', '28/3/2027 1:30'])
    assert.equal(readDayAndTime(typed), null, typed);
  assert.equal(readMoment('1 July 2027', '11:00')?.toISOString(), '2027-07-01T10:00:00.000Z', 'summer');
});
