import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getAllByRole, getByRole, getByText, queryByRole, within } from '@testing-library/dom';
import { madeUpRecord } from '../../../../../test/support/made-up-standards.ts';
import { openStandardsSite, type StandardsSite } from '../../../../../test/support/standards-site.ts';

let site: StandardsSite;

before(async () => {
  site = await openStandardsSite();
  const lamps = { reference: 'ST9101', title: 'Lamp keeper' };
  await site.load([
    madeUpRecord({ ...lamps, version: '1.0', status: 'Retired' }),
    madeUpRecord({
      ...lamps,
      version: '1.1',
      knowledge: ['how lamps burn', 'how signals are read', 'what the sea does'],
      duties: [
        { text: 'Keep the lamps lit', ksbs: ['how lamps burn', 'trim a lamp'] },
        { text: 'Read the signals', ksbs: ['how signals are read'] },
        { text: 'Keep the log', ksbs: [] },
      ],
      more: {
        typicalDuration: '18',
        typicalJobTitles: ['Wickie', 'Keeper of the light'],
        overviewOfRole: '&lt;p&gt;Keeps &amp;amp; tends lamps.&lt;/p&gt;',
        earliestStartDate: '2025-07-01T00:00:00',
      },
    }),
    madeUpRecord({ ...lamps, version: '1.2', status: 'In development' }),
    madeUpRecord({
      reference: 'ST9102',
      title: 'Tide watcher',
      fictional: true,
      options: ['Spring', 'Neap'],
      knowledge: ['what moves the tides', 'how spring tides run', 'how neap tides run'],
      duties: [
        { text: 'Watch', core: true, ksbs: ['what moves the tides'] },
        { text: 'Spring watch', ksbs: ['how spring tides run', 'trim a lamp'], options: ['Spring'] },
        { text: 'Neap watch', ksbs: ['how neap tides run'], options: ['Neap'] },
      ],
    }),
    madeUpRecord({ reference: 'ST9103', title: 'Old hand', duties: [], knowledge: [], skills: [], behaviours: [] }),
    madeUpRecord({ reference: 'ST9104', title: 'Older hand', duties: [] }),
    madeUpRecord({ reference: 'ST9105', version: '2/0 "b"', title: 'Odd hand' }),
  ]);
});
after(() => site.close());

const body = async (address: string) => (await site.get(address)).document.body;
const table = (page: never, name: RegExp) => getByRole(page, 'table', { name });
const texts = (elements: readonly { readonly textContent: string | null }[]) =>
  elements.map((one) => one.textContent?.trim());

test('without a version it is the newest approved one, and the page says so and what is newer', async () => {
  const { status, document } = await site.get('/standards/ST9101');
  assert.equal(status, 200);
  getByRole(document.body, 'heading', { level: 1, name: 'ST9101, version 1.1 Lamp keeper' });
  getByText(document.body, 'This is version 1.1, the newest that is approved for delivery.');
  assert.equal(
    getByRole(document.body, 'link', { name: 'version 1.2, in development' }).getAttribute('href'),
    '/standards/ST9101/1.2',
  );
});

test('an older version points to the one that stands for the standard', async () => {
  const page = await body('/standards/ST9101/1.0');
  assert.equal(getByRole(page, 'link', { name: 'version 1.1' }).getAttribute('href'), '/standards/ST9101');
});

test('facts, job titles and dates are told in words, HTML and entities turned into text', async () => {
  const { text, document } = await site.get('/standards/ST9101/1.1');
  getByText(document.body, '18 months');
  getByText(document.body, '1 July 2025');
  getByText(document.body, 'Keeper of the light');
  getByText(document.body, 'Keeps & tends lamps.');
  assert.doesNotMatch(text, /&amp;(lt|gt|amp|#)/);
});

test('each KSB and duty has an address, and they link to each other', async () => {
  const { document } = await site.get('/standards/ST9101/1.1');
  const k1 = document.querySelector('#K1');
  assert.ok(k1);
  const found = within(k1 as never);
  found.getByText('how lamps burn');
  assert.equal(found.getByRole('link', { name: 'D1' }).getAttribute('href'), '#D1');
  const d1 = within(document.querySelector('#D1') as never);
  assert.deepEqual(texts(d1.getAllByRole('link')), ['D1', 'K1', 'S1']);
  assert.match(document.querySelector('#D3')?.textContent ?? '', /Maps to no KSB/);
  assert.match(document.querySelector('#K3')?.textContent ?? '', /No duty maps to it/);
});

test('KSBs that no duty maps to are told together', async () => {
  getByText(await body('/standards/ST9101/1.1'), /^2 KSBs that no duty maps to:/);
});

test('the grid is a picture with words and a table with both headers', async () => {
  const page = await body('/standards/ST9101/1.1');
  getByRole(page, 'img', { name: /Which duty takes which KSB/ });
  const grid = table(page, /Duties \(columns\) that take each KSB/);
  assert.deepEqual(texts(within(grid).getAllByRole('columnheader')), ['KSB', 'D1', 'D2', 'D3', 'Duties']);
  const rows = within(grid).getAllByRole('row').slice(1);
  assert.deepEqual(
    rows.map((row) => [within(row).getByRole('rowheader').textContent, ...texts(within(row).getAllByRole('cell'))]),
    [
      ['K1', '●yes', '', '', '1'],
      ['K2', '', '●yes', '', '1'],
      ['K3', '', '', '', '0'],
      ['S1', '●yes', '', '', '1'],
      ['B1', '', '', '', '0'],
    ],
  );
});

test('core and options: what each asks for, and where each KSB belongs', async () => {
  const { document } = await site.get('/standards/ST9102');
  const rows = within(table(document.body, /Options, and how many KSBs/))
    .getAllByRole('row')
    .slice(1)
    .map((row: { readonly textContent: string }) => row.textContent.trim());
  assert.deepEqual(rows, ['Spring24', 'Neap13']);
  assert.match(document.querySelector('#K1')?.textContent ?? '', /Core/);
  assert.match(document.querySelector('#K2')?.textContent ?? '', /Spring/);
  assert.match(document.querySelector('#B1')?.textContent ?? '', /Core/);
});

test('a fictional standard says so and claims no Crown copyright; a real one has its attribution', async () => {
  const fictional = (await site.get('/standards/ST9102')).document.querySelector('main')?.textContent ?? '';
  assert.match(fictional, /This standard is fictional/);
  assert.doesNotMatch(fictional, /Crown copyright/);
  const real = (await site.get('/standards/ST9101')).document.querySelector('main')?.textContent ?? '';
  assert.match(real, /© Crown copyright, published by Skills England/);
  assert.doesNotMatch(real, /fictional/i);
});

test('a standard without duties or KSBs says so and has no grid', async () => {
  for (const [reference, words] of [
    ['ST9103', /lists neither duties nor KSBs/],
    ['ST9104', /lists no duties/],
  ] as const) {
    const page = await body(`/standards/${reference}`);
    getByText(page, words);
    assert.equal(queryByRole(page, 'img'), null);
    assert.doesNotMatch((page as { readonly textContent: string }).textContent, /No duty maps to it/);
  }
});

test('a workbook can be started from it', async () => {
  assert.equal(
    getByRole(await body('/standards/ST9101/1.1'), 'button', { name: /Start a qualification workbook/ }).getAttribute(
      'href',
    ),
    '/check/workbook?standard=ST9101%401.1',
  );
  assert.equal(queryByRole(await body('/standards/ST9103'), 'button', { name: /workbook/ }), null);
});

test('the record is downloaded as it is stored', async () => {
  const { status, headers, text } = await site.get('/standards/ST9101/1.1/record');
  assert.equal(status, 200);
  assert.match(String(headers['content-disposition']), /filename="ST9101-1\.1\.json"/);
  assert.equal(JSON.parse(text).overviewOfRole, '&lt;p&gt;Keeps &amp;amp; tends lamps.&lt;/p&gt;');
});

test('an address in other letters leads to the right one', async () => {
  for (const [from, to] of [
    ['/standards/st9101', '/standards/ST9101'],
    ['/standards/st9101/1.0', '/standards/ST9101/1.0'],
    ['/standards/%20ST9101', '/standards/ST9101'],
    ['/standards/st9101/1.0/record', '/standards/ST9101/1.0/record'],
  ] as const) {
    const { status, headers } = await site.get(from);
    assert.deepEqual([status, headers.location], [303, to]);
  }
});

test('a version of any spelling has an address that works', async () => {
  const link = '/standards/ST9105/2%2F0%20%22b%22';
  const page = await body('/standards/ST9105');
  assert.equal(getByRole(page, 'link', { name: /Download the record/ }).getAttribute('href'), `${link}/record`);
  assert.equal((await site.get(link)).status, 200);
  assert.match(String((await site.get(`${link}/record`)).headers['content-disposition']), /"ST9105-2_0__b_\.json"/);
});

test('what is not there: 404 with what there is', async () => {
  const version = await site.get('/standards/ST9101/7');
  assert.equal(version.status, 404);
  getByRole(version.document.body, 'heading', { name: 'There is no version 7 of ST9101 here' });
  const links = getAllByRole(version.document.body, 'link', { name: /Lamp keeper, version/ });
  assert.deepEqual(
    texts(links),
    ['1.2', '1.1', '1.0'].map((one) => `Lamp keeper, version ${one}`),
  );
  const reference = await site.get('/standards/ST0000');
  assert.equal(reference.status, 404);
  getByRole(reference.document.body, 'heading', { name: 'There is no standard ST0000 here' });
});

test('odd addresses are no more than not found', async () => {
  for (const address of ['%3Cscript%3E', '%F0%9F%98%80', 'ST9101/7/record', '-', "'", 'x'.repeat(90)])
    assert.equal((await site.get(`/standards/${address}`)).status, 404, address);
  for (const address of ['%00', 'ST9101/%00'])
    assert.equal((await site.get(`/standards/${address}`)).status, 400, address);
});

test('a version whose content changed under its number says when', async () => {
  await site.load(
    [madeUpRecord({ reference: 'ST9104', title: 'Older hand', duties: [], behaviours: ['keeps watch at night'] })],
    new Date('2026-12-01T08:00:00Z'),
  );
  getByText(await body('/standards/ST9104'), /changed on 1 December 2026 although its number stayed 1\.0/);
});
