import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTable, compareTables, filterChoices, rowsAsked } from './page-table.ts';

const table = asTable([
  ['Provider', 'Route', 'Sum'],
  ['North', 'Digital', '£1,200'],
  ['South', 'Digital', '£90'],
  ['West', 'Construction', '£300'],
  ['', null, ''],
]);
const asked = { words: '', filters: new Map<string, string>(), sort: '', downwards: false };
const firsts = (rows: ReturnType<typeof rowsAsked>) => rows.map((row) => row.cells[0]);

test('rows are found by words, by a column’s value, and sorted as numbers where they are numbers', () => {
  assert.deepEqual(firsts(rowsAsked(table, { ...asked, words: 'DIGITAL sou' })), ['South']);
  assert.deepEqual(firsts(rowsAsked(table, { ...asked, filters: new Map([['Route', 'Digital']]) })), [
    'North',
    'South',
  ]);
  assert.deepEqual(firsts(rowsAsked(table, { ...asked, sort: 'Sum' })), ['South', 'West', 'North']);
  assert.deepEqual(firsts(rowsAsked(table, { ...asked, sort: 'Sum', downwards: true })), ['North', 'West', 'South']);
  assert.deepEqual(filterChoices(table), [{ column: 'Route', values: ['Construction', 'Digital'] }]);
});

test('two revisions are compared row by row', () => {
  const later = asTable([
    ['Provider', 'Route', 'Sum', 'Note'],
    ['North', 'Digital', '£1,300', ''],
    ['South', 'Digital', '£90', ''],
    ['East', 'Digital', '£5', ''],
  ]);
  const change = compareTables(table, later);
  assert.deepEqual(change.columnsAdded, ['Note']);
  assert.equal(change.same, 1);
  assert.deepEqual(
    change.rows.map((row) => row.kind),
    ['changed', 'added', 'removed'],
  );
  assert.deepEqual(change.rows[2], { kind: 'removed', cells: ['West', 'Construction', '£300', ''] });
});
