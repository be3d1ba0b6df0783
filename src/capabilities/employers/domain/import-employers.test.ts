import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Employer } from './employer.ts';
import { fileColumns, fileRow } from './employer-file.ts';
import { planImport, readEmployersFile } from './import-employers.ts';

const sectors = [{ section: 'J', title: 'Information and communication', alsoCalled: ['IT'] }];
const headers = fileColumns.map(([, header]) => header);

const keep = (rows: readonly (readonly string[])[]): readonly Employer[] =>
  readEmployersFile([headers, ...rows], sectors).rows.map(({ text }, at) => ({
    ...text,
    id: String(at),
    organisation: 'o',
    revision: 1,
    madeAt: new Date(0),
    changedAt: new Date(0),
  }));

const row = (name: string, town = '', more: readonly string[] = []): readonly string[] => [name, town, ...more];

test('a file that was written from the list changes nothing', () => {
  const kept = keep([
    row('Fenwick', 'Northfield', [
      'London',
      '12345678',
      'small',
      'J',
      'Digital; Care services',
      'ST0116',
      'kit',
      'a; b',
    ]),
    row('Larkspur'),
  ]);
  const { rows, problems, unused } = readEmployersFile([headers, ...kept.map(fileRow)], sectors);
  assert.deepEqual([problems, unused], [[], []]);
  const plan = planImport(rows, kept);
  assert.deepEqual([plan.fresh, plan.changed, plan.alike, plan.same], [[], [], [], 2]);
});

test('a spreadsheet as people keep it is read: a title above the headers, commas between offers, words for sectors', () => {
  const { rows, unused, problems } = readEmployersFile(
    [
      ['Our employers, autumn 2026'],
      [],
      ['Employer', 'Co. no.', 'No. of employees', 'Sector', 'Support'],
      ['Fenwick', '1234567', '30', 'IT', 'speaker, project'],
      ['Larkspur', '', '', 'Robots', ''],
    ],
    sectors,
  );
  assert.deepEqual(unused, []);
  assert.deepEqual(
    problems.map((one) => one.path),
    ['row 5, column Sector'],
  );
  const [first] = rows;
  assert.equal(first?.row, 4);
  assert.deepEqual(
    [first?.text.companyNumber, first?.text.size, first?.text.sector, first?.text.offers],
    ['01234567', 'small', 'J', ['speaker', 'project']],
  );
});

test('headers of a spreadsheet of one’s own are matched, and what is not used is told', () => {
  const { rows, unused, problems } = readEmployersFile(
    [
      ['Company name', 'City', 'Email', 'Employees'],
      ['Fenwick', 'Northfield', 'x@y.example', '300'],
      ['', '', '', ''],
      ['Larkspur', '', '', ''],
    ],
    sectors,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(unused, ['Email']);
  assert.deepEqual(
    rows.map((one) => [one.row, one.text.name, one.text.size, one.given]),
    [
      [2, 'Fenwick', 'large', ['name', 'town', 'size']],
      [4, 'Larkspur', null, ['name']],
    ],
  );
});

test('everything that is wrong is told together, with row and column', () => {
  const { problems } = readEmployersFile(
    [
      ['Employer', 'Region', 'Offers'],
      ['', 'Mars', ''],
      ['Fenwick', '', 'money'],
      ['Larkspur', '', ''],
      ['LARKSPUR LTD', '', ''],
    ],
    sectors,
  );
  assert.deepEqual(
    problems.map((one) => one.path),
    ['row 2, column Employer', 'row 2, column Region', 'row 3, column Offers', 'row 5, column Employer'],
  );
  assert.match(readEmployersFile([['a', 'b']], sectors).problems[0]?.message ?? '', /no column is called "Name"/);
  assert.match(readEmployersFile([], sectors).problems[0]?.message ?? '', /found nothing/);
  assert.match(readEmployersFile([['Name']], sectors).problems[0]?.message ?? '', /no employer in the file/);
});

test('new, changed, the same and alike are told apart; an empty cell leaves alone', () => {
  const kept = keep([
    row('Fenwick Networks', 'Northfield', ['London', '', 'small', '', 'Digital', '', 'kit', 'Old words']),
    row('Larkspur', 'Oakvale'),
  ]);
  const { rows } = readEmployersFile(
    [
      headers,
      row('FENWICK NETWORKS LTD', 'Northfield', ['', '', 'large', '', '', '', 'kit; speaker', '']),
      row('Larkspur', 'Oakvale'),
      row('Larkspur', 'Wharf End'),
      row('Quite New'),
    ],
    sectors,
  );
  const plan = planImport(rows, kept);
  assert.deepEqual(
    plan.changed.map((one) => one.changes.map((each) => [each.header, each.before, each.after])),
    [
      [
        ['Name', 'Fenwick Networks', 'FENWICK NETWORKS LTD'],
        ['Size', 'small', 'large'],
        ['Offers', 'kit', 'kit; speaker'],
      ],
    ],
  );
  assert.equal(plan.changed[0]?.text.notes, 'Old words');
  assert.deepEqual(plan.changed[0]?.text.routes, ['Digital']);
  assert.equal(plan.same, 1);
  assert.deepEqual(
    plan.fresh.map((one) => one.text.name),
    ['Quite New'],
  );
  assert.deepEqual(
    plan.alike.map((one) => [one.row.text.town, one.duplicates[0]?.kind]),
    [['Wharf End', 'name']],
  );
});

test('the longest file beside the longest list is compared in seconds', () => {
  const many = (from: number) => Array.from({ length: 5000 }, (_, at) => row(`Employer ${from + at} of the north`));
  const kept = keep(many(0));
  const { rows } = readEmployersFile([headers, ...many(2500)], sectors);
  const begun = performance.now();
  const plan = planImport(rows, kept);
  assert.deepEqual([plan.same, plan.fresh.length], [2500, 2500]);
  // Pair by pair with every name read anew it took minutes.
  assert.ok(performance.now() - begun < 5000);
});
