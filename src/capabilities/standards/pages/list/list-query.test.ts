import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageLinks } from '#web/page-links.ts';
import { noFilters } from '../../domain/standard-filters.ts';
import { chosenFilters, listQuery, readListQuery } from './list-query.ts';

const held = {
  standards: 3,
  versions: 4,
  real: 2,
  fictional: 1,
  routes: ['Digital', 'Legal, finance and accounting'],
  levels: [3, 4],
  statuses: ['Approved for delivery', 'Retired'],
};
const read = (query: string) => readListQuery(new URLSearchParams(query), held);

test('an empty address asks for everything', () => {
  assert.deepEqual(read(''), { filters: noFilters, page: 1, notes: [] });
  assert.deepEqual(read('words=&route=&status=&options=&kind=&level='), { filters: noFilters, page: 1, notes: [] });
});

test('an address is read, and written again as it was', () => {
  const query =
    'words=lamp+keeper&route=Legal%2C+finance+and+accounting&level=3&level=4&status=Retired&options=yes&kind=real&page=3';
  const { filters, page, notes } = read(query);
  assert.deepEqual(filters, {
    words: 'lamp keeper',
    route: 'Legal, finance and accounting',
    levels: [3, 4],
    status: 'Retired',
    coreAndOptions: true,
    fictional: false,
  });
  assert.deepEqual(notes, []);
  assert.equal(listQuery(filters, page).toString(), query);
});

test('a choice is known whatever its capitals', () => {
  assert.equal(read('route=digital').filters.route, 'Digital');
});

test('what cannot be used is left out and said', () => {
  const { filters, page, notes } = read(
    'route=Sea&status=lost&level=12&level=x&options=perhaps&kind=toString&page=abc&other=1',
  );
  assert.deepEqual(filters, noFilters);
  assert.equal(page, 1);
  assert.equal(notes.length, 7);
  assert.match(notes.join('\n'), /Route “Sea” was left out/);
});

test('a level that no standard has is kept: the list is empty, not another one', () => {
  assert.deepEqual(read('level=7').filters.levels, [7]);
});

test('odd input does no harm', () => {
  assert.equal(read('words=%00%01').filters.words, null);
  assert.equal(read('words=a%00b').filters.words, 'a b');
  assert.equal(read(`words=${'x'.repeat(5000)}`).filters.words?.length, 200);
  assert.equal(read('page=0').page, 1);
  assert.equal(read('page=99999999999').page, 1);
});

test('each filter can be taken away alone', () => {
  const { filters } = read('words=lamp&level=3&level=4&options=no');
  assert.deepEqual(
    chosenFilters(filters).map((one) => [one.words, listQuery(one.without).toString()]),
    [
      ['Words: lamp', 'level=3&level=4&options=no'],
      ['Level 3', 'words=lamp&level=4&options=no'],
      ['Level 4', 'words=lamp&level=3&options=no'],
      ['Without options', 'words=lamp&level=3&level=4'],
    ],
  );
});

test('page links show the ends and what is near', () => {
  const shown = (page: number, pages: number) =>
    pageLinks(page, pages, String)
      ?.items.map((one) => ('ellipsis' in one ? '…' : one.current ? `[${one.number}]` : one.number))
      .join(' ');
  assert.equal(shown(1, 1), undefined);
  assert.equal(shown(1, 2), '[1] 2');
  assert.equal(shown(3, 14), '1 2 [3] 4 … 14');
  assert.equal(shown(4, 14), '1 2 3 [4] 5 … 14');
  assert.equal(shown(7, 14), '1 … 6 [7] 8 … 14');
  assert.equal(shown(14, 14), '1 … 13 [14]');
});
