import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { leftOvers } from './cycle.ts';
import { endOfDay } from './day.ts';
import { type KnownProvider, matchDelivery, type RowDecision } from './match-delivery.ts';
import { compareCycles, planImport } from './plan-import.ts';
import type { Entry, Offer } from './register-entry.ts';
import { type RegisterRow, readRegisterFile } from './register-file.ts';

const headers = [
  'Qualification Number',
  'Qualification title',
  'LEVEL',
  'Awarding body',
  'Standard reference',
  'Cycle',
  'Date approved',
  'First teach date',
  'Withdrawn',
];
const row = (more: Readonly<Record<number, string>> = {}): string[] =>
  ['600/0001/1', 'Diploma in Nets', 'Level 4', 'Awards', 'st0127', '4', '1/12/2023', '2025-09-01', ''].map(
    (cell, index) => more[index] ?? cell,
  );
const readRows = (...rows: readonly string[][]) => {
  const file = readRegisterFile([headers, ...rows]);
  assert.equal(file.kind, 'register');
  return file.kind === 'register' ? file : assert.fail();
};
const offer = (more: Partial<Offer> = {}): Offer => ({
  id: 'o',
  qualification: '600-0001-1',
  ukprn: '10000001',
  from: '2024-01-01',
  until: null,
  site: 'Main',
  postcode: 'AB1 1AB',
  mode: 'either',
  entryRoutes: [],
  units: [],
  firstTeach: null,
  confirmedBy: null,
  confirmedOn: null,
  confirmedWith: null,
  ...more,
});
const entry = (more: Partial<Entry> = {}): Entry => ({
  id: '600-0001-1',
  title: 'Diploma in Nets',
  numbers: ['600/0001/1'],
  level: 4,
  awardingOrganisation: 'Awards',
  route: null,
  credits: null,
  fictional: false,
  state: { kind: 'approved' },
  withdrawals: [],
  offers: [],
  changes: [],
  source: 's',
  retrievedOn: '2024-01-01',
  recordedAt: new Date(0),
  approvals: [
    {
      occupation: 'ST0127',
      occupationTitle: 'T',
      option: null,
      standardVersion: null,
      cycle: '4',
      approvedOn: '2023-12-01',
      firstTeach: '2025-09-01',
      nextReview: null,
      until: null,
    },
  ],
  ...more,
});

const held = (...entries: readonly Entry[]) => ({
  entries: entries.length > 0 ? entries : [entry()],
  since: new Map([['600-0001-1', '2023-12-01']]),
  titles: new Map<string, string>(),
});

describe('a register’s file', () => {
  it('has its headers matched whatever their case and order, and days in either way of writing', () => {
    const { rows, problems } = readRows(row());
    assert.deepEqual(problems, []);
    const [one] = rows;
    assert.deepEqual(
      [one?.number, one?.level, one?.occupation, one?.approvedOn],
      ['600/0001/1', 4, 'ST0127', '2023-12-01'],
    );
  });

  it('has every fault told together, with its row and column', () => {
    const { rows, problems } = readRows(
      row({ 2: '6', 6: '31/2/2023' }),
      row({ 7: '2022-09-01' }),
      row({ 0: '600/0002/2', 1: 'Other', 8: '2023-01-01' }),
      row({ 0: '600/0003/3', 1: 'Third', 4: 'nonsense', 5: '' }),
    );
    assert.deepEqual(rows, []);
    assert.deepEqual(
      problems.map((one) => one.path),
      [
        'row 2, column LEVEL',
        'row 2, column Date approved',
        'row 3, column First teach date',
        'row 4, column Withdrawn',
        'row 5, column Standard reference',
        'row 5, column Cycle',
      ],
    );
    assert.match(problems[2]?.message ?? '', /crossed/);
  });

  it('has no cell that is too long for a title', () => {
    const long = Array.from({ length: 5000 }, (_, at) => String.fromCodePoint(97 + ((at * at) % 26))).join('');
    assert.match(readRows(row({ 1: long })).problems[0]?.message ?? '', /found 5000 characters, expected at most 300/);
    const list = readRegisterFile([
      ['Provider', 'Postcode', 'Qualification'],
      [long, 'AB1 1AB', 'Diploma in Nets'],
    ]);
    assert.equal(list.problems[0]?.path, 'row 2, column Provider');
  });

  it('that has one qualification under two numbers is told so, in the file and against the register', () => {
    assert.match(readRows(row(), row({ 0: '600/9999/9', 4: 'ST0128' })).problems[0]?.message ?? '', /two numbers/);
    const { rows } = readRows(row({ 0: '600/9999/9' }));
    const plan = planImport(rows, held(), '2026-01-01');
    assert.match(plan.problems[0]?.message ?? '', /under 600\/0001\/1/);
    const both = planImport(
      rows.map((one): RegisterRow => ({ ...one, otherNumbers: ['600/0001/1'] })),
      held(),
      '2026-01-01',
    );
    assert.deepEqual(both.problems, []);
    assert.equal(both.differences[0]?.kind, 'changed');
  });

  it('is compared with the register: new, changed, withdrawn, ending and the same', () => {
    const same = planImport(readRows(row()).rows, held(), '2026-01-01');
    assert.deepEqual([same.assertions.length, same.same], [0, 2]);
    const changed = planImport(readRows(row({ 7: '2026-09-01' })).rows, held(), '2026-01-01');
    assert.deepEqual(
      changed.differences.map((one) => one.kind),
      ['changed'],
    );
    const withdrawn = planImport(readRows(row({ 8: '2026-06-30' })).rows, held(), '2026-07-01');
    assert.deepEqual(
      withdrawn.assertions.map((one) => [one.kind, one.body === null, one.from]),
      [
        ['approval', true, '2026-06-30'],
        ['withdrawal', false, '2026-06-30'],
      ],
    );
    const gone = planImport(readRows(row({ 0: '600/0002/2', 1: 'New' })).rows, held(), '2026-01-01');
    assert.deepEqual([gone.removed, gone.standing], [1, 1]);
    assert.deepEqual(
      gone.differences.map((one) => one.kind),
      ['added', 'added', 'removed'],
    );
  });

  it('knows that cycle 10 comes after 9 and 5.2 after 5.1', () => {
    assert.ok(compareCycles('10', '9') > 0);
    assert.ok(compareCycles('5.2', '5.1') > 0);
    assert.ok(compareCycles('5', '5.1') < 0);
  });

  const real = resolve(import.meta.dirname, '../../../../../shared/data/qualifications');
  it('of the real kind is read or refused with what it lacks', {
    skip: existsSync(real) ? false : 'needs the shared data',
  }, () => {
    const table = (name: string) => {
      const sheet = readCsv(name, readFileSync(resolve(real, name)));
      return sheet.kind === 'ok'
        ? sheet.value.rows.map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))))
        : assert.fail();
    };
    const known = readRegisterFile(table('htq-known.csv'));
    assert.equal(known.problems.length, 4);
    const courses = readRegisterFile(table('iot-courses.csv'));
    assert.equal(courses.kind, 'delivery');
    assert.equal(courses.rows.length, 122);
    assert.deepEqual(courses.problems, []);
    assert.match(courses.kind === 'delivery' ? (courses.rows[1]?.qualification ?? '') : '', /Digital Technologies/);
  });
});

describe('the list of who delivers what', () => {
  it('that lacks a column is told which, and not what a register has', () => {
    const narrow = readRegisterFile([
      ['College', 'Qualification'],
      ['A college', 'A title'],
    ]);
    assert.deepEqual(
      narrow.problems.map((one) => one.path),
      ['row 1'],
    );
    assert.match(
      narrow.problems[0]?.message ?? '',
      /^no column is called "postcode".*; found "College", "Qualification"$/,
    );
  });

  const provider = (more: Partial<KnownProvider> = {}): KnownProvider => ({
    ukprn: '10000001',
    name: 'The Abbey College Limited',
    type: null,
    region: null,
    town: 'Abbey',
    postcode: 'AB1 1AB',
    ...more,
  });
  const list = (...rows: readonly (readonly [string, string, string])[]) => {
    const file = readRegisterFile([['Provider', 'Postcode', 'Qualification'], ...rows.map((one) => [...one])]);
    return file.kind === 'delivery' ? file.rows : assert.fail();
  };

  const known = (providers: readonly KnownProvider[], entries: readonly Entry[] = [entry()]) => ({
    providers,
    entries,
    inRegister: new Set<string>(),
    decided: new Map<string, RowDecision>(),
  });

  it('matches what can mean one thing alone, and leaves the rest to a person', () => {
    const rows = list(
      ['Abbey College', 'ab1 1ab', 'Diploma in Nets (600/0001/1)'],
      ['Abbey College', '', 'diploma in NETS'],
      ['Abbey College', '', 'Nets'],
      ['Abbey', '', 'Diploma in Nets'],
    );
    const plan = matchDelivery(rows, known([provider()]), '2026-01-01', null);
    assert.equal(plan.matched.length, 2);
    assert.deepEqual(
      plan.unmatched.map((one) => one.row),
      [4, 5],
    );
    const twins = [provider(), provider({ ukprn: '10000002', postcode: 'CD1 1CD' })];
    assert.equal(matchDelivery(rows.slice(0, 2), known(twins), '2026-01-01', null).matched.length, 1);
  });

  it('ends offers of an earlier list that it does not have, and no other', () => {
    const had = [entry({ offers: [offer(), offer({ id: 'list-600-0001-1-10000001-cd11cd', postcode: 'CD1 1CD' })] })];
    const plan = matchDelivery(
      list(['Abbey College', 'AB1 1AB', 'Diploma in Nets']),
      known([provider()], had),
      '2026-01-01',
      null,
    );
    assert.deepEqual(
      plan.removed.map((one) => one.id),
      ['list-600-0001-1-10000001-cd11cd'],
    );
    assert.equal(plan.matched[0]?.what, 'same');
  });
});

describe('a cycle that is carried over', () => {
  const next = {
    id: '6',
    windows: [{ name: 'Window', opens: '2027-02-01', closes: '2027-06-30', known: '' }],
    stages: [{ id: 'application', opens: null, closes: '2027-06-30' }],
  };
  const clean = {
    drafts: [],
    entries: [entry({ offers: [offer()] })],
    providers: new Map([
      [
        '10000001',
        { ukprn: '10000001', name: 'Abbey', type: null, region: null, town: null, postcode: null, closedOn: null },
      ],
    ]),
    today: '2026-12-01',
  };

  it('leaves nothing behind: drafts, dates outside the window, offers without a home', () => {
    assert.deepEqual(leftOvers(next, clean), []);
    const kinds = (found: ReturnType<typeof leftOvers>) => found.map((one) => one.kind);
    assert.deepEqual(kinds(leftOvers(next, { ...clean, drafts: [{ id: 'd', words: 'A test' }] })), ['draft']);
    assert.deepEqual(
      kinds(leftOvers({ ...next, stages: [{ id: 'application', opens: null, closes: '2025-02-10' }] }, clean)),
      ['outside-window'],
    );
    assert.deepEqual(
      kinds(leftOvers({ ...next, stages: [{ id: 'decision', opens: null, closes: '2026-12-01' }] }, clean)),
      ['outside-window'],
    );
    assert.deepEqual(
      kinds(
        leftOvers(
          { ...next, windows: [{ name: 'Window', opens: '2027-06-30', closes: '2027-02-01', known: '' }], stages: [] },
          clean,
        ),
      ),
      ['crossed'],
    );
    assert.deepEqual(kinds(leftOvers(next, { ...clean, entries: [entry({ approvals: [], offers: [offer()] })] })), [
      'homeless-offer',
    ]);
    assert.deepEqual(kinds(leftOvers(next, { ...clean, providers: new Map() })), ['homeless-offer']);
  });
});

describe('the end of a day in London', () => {
  it('is an hour earlier in summer', () => {
    assert.equal(endOfDay('2026-01-15').toISOString(), '2026-01-15T23:59:59.999Z');
    assert.equal(endOfDay('2026-07-15').toISOString(), '2026-07-15T22:59:59.999Z');
  });
});
