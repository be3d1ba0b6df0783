import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWrittenAsDay, readTypedDay, readTypedDayOrMonth } from './typed-day.ts';

test('a day is read as British people write it, and as files do', () => {
  for (const typed of [
    '20 September 2027',
    '20/09/2027',
    '20/9/2027',
    '20.9.2027',
    '20-09-2027',
    ' 20  Sept 2027 ',
    '20 sep. 2027',
    '20th of September, 2027',
    'Monday 20 September 2027',
    'Mon, 20th Sep 2027',
    '20-Sep-2027',
    '2027-09-20',
    '2027-9-20',
    '2027/09/20',
  ])
    assert.equal(readTypedDay(typed), '2027-09-20', typed);
  assert.equal(readTypedDay('1/12/2027'), '2027-12-01', 'the day comes before the month');
  assert.equal(readTypedDay('29 February 2028'), '2028-02-29');
});

test('what is no day is none', () => {
  for (const typed of [
    '',
    'soon',
    '30/2/2027',
    '29 February 2027',
    '13/13/2027',
    '0/9/2027',
    '20/9/27',
    '20 Septober 2027',
    '20 m 2027',
    '2027-13-01',
    'September 2027',
    '20270920',
    '20 September',
  ])
    assert.equal(readTypedDay(typed), null, typed);
});

test('a month alone means its first day, where that may be', () => {
  for (const typed of ['September 2027', 'sept 2027', '9/2027', '09/2027', '2027-09', '1 September 2027'])
    assert.equal(readTypedDayOrMonth(typed), '2027-09-01', typed);
  for (const typed of ['2027', 'Autumn 2027', '2027-00', '13/2027'])
    assert.equal(readTypedDayOrMonth(typed), null, typed);
});

test('a day that its month has not is told from what is not written as a day', () => {
  for (const typed of ['31/02/2026', '2026-02-31', '31 February 2026', '31/07/2027'])
    assert.equal(isWrittenAsDay(typed), true, typed);
  for (const typed of ['', 'soon', '20/9/27', 'September 2027']) assert.equal(isWrittenAsDay(typed), false, typed);
});
