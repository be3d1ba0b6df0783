import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getAllByRole, getByLabelText, getByRole, queryByLabelText, queryByRole } from '@testing-library/dom';
import { madeUpRecord } from '../../../../../test/support/made-up-standards.ts';
import { openStandardsSite, type StandardsSite } from '../../../../../test/support/standards-site.ts';

let site: StandardsSite;

before(async () => {
  site = await openStandardsSite();
});
after(() => site.close());

const body = async (address: string) => (await site.get(address)).document.body;
const titles = (of: never): readonly (string | null)[] =>
  getAllByRole(of, 'heading', { level: 3 }).map((one: { readonly textContent: string | null }) => one.textContent);

// The tests share a store that fills as they go: nothing, fictional ones alone, real ones beside them.

test('an empty store says what will be here and how it comes', async () => {
  const page = await body('/standards');
  getByRole(page, 'heading', { name: 'No standards here yet' });
  assert.equal(queryByRole(getByRole(page, 'main'), 'search'), null);
  assert.match(
    (await site.get('/standards')).text,
    /bin\/htq import standards https:\/\/skillsengland\.education\.gov\.uk\/api\/apprenticeshipstandards/,
  );
});

test('with fictional standards alone: each says so, the way to the real ones is shown, and no Crown copyright is claimed', async () => {
  await site.load([
    madeUpRecord({ reference: 'ST9101', title: 'Lamp keeper', fictional: true }),
    madeUpRecord({ reference: 'ST9102', title: 'Tide "watcher" & 3 < 4', level: 5, fictional: true }),
  ]);
  const { text, document } = await site.get('/standards');
  getByRole(document.body, 'heading', { name: '2 standards' });
  assert.equal(text.match(/>Fictional</g)?.length, 2);
  assert.match(text, /bin\/htq import standards/);
  assert.equal(queryByLabelText(document.body, 'Real or fictional'), null);
  const main = document.querySelector('main')?.textContent ?? '';
  assert.doesNotMatch(main, /Crown copyright/);
  assert.match(main, /made up for this project/);
});

test('with real ones beside them: a filter tells them apart, and the attribution stands', async () => {
  await site.load([
    madeUpRecord({ reference: 'ST9103', version: '1.0', title: 'Signal reader', route: 'Digital', status: 'Retired' }),
    madeUpRecord({ reference: 'ST9103', version: '1.1', title: 'Signal reader', route: 'Digital', options: ['Flags'] }),
    ...Array.from({ length: 60 }, (_, index) =>
      madeUpRecord({
        reference: `ST8${100 + index}`,
        title: `Weaver ${index}`,
        route: 'Creative and design',
        level: 2 + (index % 3),
      }),
    ),
  ]);
  const { text, document } = await site.get('/standards');
  getByRole(document.body, 'heading', { name: '63 standards in 64 versions' });
  getByLabelText(document.body, 'Real or fictional');
  assert.doesNotMatch(text, /bin\/htq import/);
  assert.match(document.querySelector('main')?.textContent ?? '', /© Crown copyright, published by Skills England/);
  const real = await body('/standards?kind=real');
  getByRole(real, 'heading', { name: '61 of 63 standards match' });
});

test('pages of fifty, each with its address', async () => {
  const first = await body('/standards');
  assert.equal(titles(first).length, 50);
  const pages = getByRole(first, 'navigation', { name: 'Pages of standards' });
  assert.equal(getByRole(pages, 'link', { name: 'Page 2' }).getAttribute('href'), '/standards?page=2');
  const second = await site.get('/standards?page=2');
  assert.equal(titles(second.document.body).length, 13);
  assert.match(second.text, /Showing 51 to 63 of 63/);
  assert.match(second.document.title, /page 2/);
});

test('every filter works by link and stands in its field', async () => {
  const page = await body(
    '/standards?words=weaver&route=Creative+and+design&level=3&level=4&status=Approved+for+delivery&options=no&kind=real',
  );
  getByRole(page, 'heading', { name: '40 of 63 standards match' });
  assert.equal(getByLabelText(page, 'Words').value, 'weaver');
  assert.equal(getByLabelText(page, 'Route').value, 'Creative and design');
  assert.equal(getByLabelText(page, 'Status').value, 'Approved for delivery');
  assert.equal(getByLabelText(page, 'Core and options').value, 'no');
  assert.equal(getByRole(page, 'checkbox', { name: 'Level 3' }).checked, true);
  assert.equal(getByRole(page, 'checkbox', { name: 'Level 2' }).checked, false);
  const away = getByRole(page, 'link', { name: /Take away the filter Level 3/ }).getAttribute('href');
  assert.doesNotMatch(away, /level=3/);
  assert.match(away, /level=4/);
  assert.equal(getByRole(page, 'link', { name: 'Clear all filters' }).getAttribute('href'), '/standards');
});

test('a row links to its standard, or to the very version that matches, and names the others', async () => {
  const plain = await body('/standards?words=signal+reader');
  assert.equal(getByRole(plain, 'link', { name: 'Signal reader' }).getAttribute('href'), '/standards/ST9103');
  assert.equal(
    getByRole(plain, 'link', { name: 'ST9103 version 1.0, Retired' }).getAttribute('href'),
    '/standards/ST9103/1.0',
  );
  const retired = await body('/standards?status=Retired');
  getByRole(retired, 'heading', { name: '1 of 63 standards matches' });
  assert.equal(getByRole(retired, 'link', { name: 'Signal reader' }).getAttribute('href'), '/standards/ST9103/1.0');
});

test('nothing matches: says what to loosen', async () => {
  const page = await body('/standards?words=zebra&level=4');
  getByRole(page, 'heading', { name: 'None of 63 standards match' });
  assert.equal(
    getByRole(page, 'link', { name: 'leave out “Words: zebra”' }).getAttribute('href'),
    '/standards?level=4',
  );
});

test('what a title holds is text, never markup, whatever signs it has', async () => {
  const { text } = await site.get('/standards?level=5');
  assert.match(text, /Tide &quot;watcher&quot; &amp; 3 &lt; 4</);
});

test('odd addresses get a page and a note', async () => {
  for (const query of [
    'page=abc',
    'page=99',
    'route=Sea',
    'level=x',
    `words=${'w'.repeat(3000)}`,
    'words=the',
    'kind=constructor',
  ]) {
    const { status, document } = await site.get(`/standards?${query}`);
    assert.equal(status, 200, query);
    assert.ok(document.querySelector('.govuk-inset-text'), query);
  }
  for (const query of ['words=%ff%fe', 'words=(((', 'words=%27%22%5C', 'words=-', 'level=&level=', 'words=a&words=b'])
    assert.equal((await site.get(`/standards?${query}`)).status, 200, query);
  for (const query of ['words=%00', '%00=%00'])
    assert.equal((await site.get(`/standards?${query}`)).status, 400, query);
});

test('the list comes as a spreadsheet and as data, with the same filters', async () => {
  const csv = await site.get('/standards.csv?level=5');
  assert.equal(csv.status, 200);
  assert.match(String(csv.headers['content-disposition']), /attachment; filename="standards\.csv"/);
  assert.equal(csv.text.trim().split('\r\n').length, 2);
  const json = JSON.parse((await site.get('/standards.json?words=weaver')).text);
  assert.equal(json.standards.length, 60);
});
