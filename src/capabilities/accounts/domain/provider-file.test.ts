import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProviderFile } from './provider-file.ts';

test('headers are matched by their letters, whatever their order, and what is not used is named', () => {
  const { rows, unused, problems } = readProviderFile([
    ['Learners', 'Provider name', 'UK PRN', 'Post code'],
    ['12', ' Some   College ', '10000055', 'OX14 1GG'],
    ['', '', '', ''],
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(unused, ['Learners']);
  assert.deepEqual(rows, [
    { ukprn: '10000055', name: 'Some College', providerType: null, region: null, town: null, postcode: 'OX14 1GG' },
  ]);
});

test('everything wrong is told together, with row and column', () => {
  const { rows, problems } = readProviderFile([
    ['ukprn', 'name'],
    ['10000055', 'Good'],
    ['123', ''],
    ['10000055', 'Twice'],
    ['', 'No number'],
  ]);
  assert.equal(rows.length, 1);
  assert.deepEqual(
    problems.map((one) => `${one.path}: ${one.message}`),
    [
      'row 3, column ukprn: found "123", expected eight digits, the first not 0',
      'row 3, column name: found nothing, expected the provider’s name',
      'row 4, column ukprn: 10000055 stands in row 2 already',
      'row 5, column ukprn: found nothing, expected eight digits, the first not 0',
    ],
  );
});

test('a file without the columns says which it lacks, and what it has', () => {
  assert.match(
    readProviderFile([['a', 'b']]).problems[0]?.message ?? '',
    /no column is called "ukprn".*found "a", "b"/,
  );
  assert.equal(readProviderFile([]).problems.length, 2);
});
