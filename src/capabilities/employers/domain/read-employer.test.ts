import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicatesOf } from './duplicates.ts';
import type { Employer } from './employer.ts';
import { endOfWeek, isOverdue, isThisWeek } from './next-step.ts';
import { readEmployer, typedEmployer } from './read-employer.ts';
import { readAsk, readContact } from './read-parts.ts';
import { readDay } from './typed.ts';

const sectors = [
  { section: 'J', title: 'Information and communication', alsoCalled: [] },
  { section: 'F', title: 'Construction', alsoCalled: [] },
];

const employer = (id: string, name: string, town: string, companyNumber: string | null = null): Employer => ({
  ...readEmployer({ name: [name], town: [town] }, sectors).text,
  id,
  organisation: 'o',
  companyNumber,
  revision: 1,
  madeAt: new Date(0),
  changedAt: new Date(0),
});

test('what spreadsheets and forms write is understood', () => {
  const { problems, text } = readEmployer(
    {
      name: ['  Fenwick   Networks '],
      companyNumber: ['1234'],
      size: ['12'],
      sector: ['information and communication'],
      region: ['yorkshire and the humber'],
      routes: ['digital', 'Construction and the Built Environment', ''],
      occupations: ['st0116, ST0127; ST0116'],
      offers: ['Speakers', 'placement', 'staff time'],
    },
    sectors,
  );
  assert.deepEqual(problems, []);
  assert.equal(text.name, 'Fenwick Networks');
  assert.equal(text.companyNumber, '00001234');
  assert.equal(text.size, 'small');
  assert.equal(text.sector, 'J');
  assert.equal(text.region, 'Yorkshire and The Humber');
  assert.deepEqual(text.routes, ['Digital', 'Construction and the built environment']);
  assert.deepEqual(text.occupations, ['ST0116', 'ST0127']);
  assert.deepEqual(text.offers, ['speaker', 'placement', 'staff time']);
  assert.deepEqual(readEmployer(typedEmployer(text), sectors).text, text, 'a form of a record says the same record');
  for (const [typed, size] of [
    ['9', 'micro'],
    ['10', 'small'],
    ['50', 'medium'],
    ['249', 'medium'],
    ['250', 'large'],
    ['Micro: up to 9 employees', 'micro'],
  ])
    assert.equal(readEmployer({ name: ['x'], size: [typed ?? ''] }, sectors).text.size, size, typed);
});

test('what cannot be used is told of its own field', () => {
  const { problems } = readEmployer(
    {
      name: [' '],
      companyNumber: ['abc'],
      size: ['huge'],
      sector: ['Z'],
      region: ['Mars'],
      routes: ['Robots'],
      occupations: ['web'],
      offers: ['money'],
      town: ['x'.repeat(300)],
    },
    sectors,
  );
  assert.deepEqual(
    new Set(problems.map((one) => one.field)),
    new Set(['name', 'companyNumber', 'size', 'sector', 'region', 'routes', 'occupations', 'offers', 'town']),
  );
});

test('records of the same employer are found, and others are not', () => {
  const kept = [
    employer('1', 'Fenwick Networks Ltd', 'Northfield', '00000001'),
    employer('2', 'Fenwick Networks', 'Southgate'),
    employer('3', 'Fenwick Networks Services', 'Oakvale'),
    employer('4', 'Another', 'Northfield', '00000009'),
    employer('5', 'Fenwickshire Dairy', 'Northfield'),
  ];
  const found = (name: string, town: string, companyNumber: string | null, except: string | null = null) =>
    duplicatesOf(kept, { name, town, companyNumber }, except).map((one) => `${one.employer.id} ${one.kind}`);
  assert.deepEqual(found('The FENWICK networks', 'northfield', null), ['1 same', '2 name', '3 similar']);
  assert.deepEqual(found('Quite New', 'Northfield', '00000009'), ['4 number']);
  assert.deepEqual(found('Fenwick Networks Ltd', 'Northfield', null, '1'), ['2 name', '3 similar']);
  assert.deepEqual(found('Quite New', 'Northfield', null), []);
});

test('without consent nothing of a contact is kept but name and role', () => {
  const read = (typed: Record<string, string>) =>
    readContact(
      Object.fromEntries(Object.entries(typed).map(([field, value]) => [field, [value]])),
      '2026-11-23',
      (text) => (text.includes('@') ? text : null),
    );
  const refusedOne = read({ name: 'A', email: 'a@b.example' });
  assert.deepEqual(
    refusedOne.problems.map((one) => one.field),
    ['consent'],
  );
  assert.equal(refusedOne.text.email, null);
  const kept = read({ name: 'A', email: 'a@b.example', consent: 'emails', consentOn: '22/11/2026', mayShare: 'yes' });
  assert.deepEqual(kept.problems, []);
  assert.deepEqual([kept.text.email, kept.text.consentOn, kept.text.mayShare], ['a@b.example', '2026-11-22', true]);
  assert.deepEqual(
    read({ name: 'A', consent: 'x', consentOn: '2026-11-24', consentUntil: '2026-11-01' }).problems.map(
      (one) => one.field,
    ),
    ['consentOn', 'consentUntil'],
    'neither consent that is to come nor consent that has ended',
  );
});

test('an ask names KSBs of a version alone', () => {
  const standard = { version: '1.1', codes: new Set(['K1', 'S2']), route: 'Digital' };
  const read = (typed: Record<string, string>, known: typeof standard | null = standard) =>
    readAsk(
      {
        region: ['London'],
        askedOn: ['2026-11-01'],
        ...Object.fromEntries(Object.entries(typed).map(([field, value]) => [field, [value]])),
      },
      '2026-11-23',
      new Set(),
      known,
    );
  const fine = read({ occupation: 'st9001', ksbs: 'k1 s2, K1' });
  assert.deepEqual(fine.problems, []);
  assert.deepEqual([fine.text.ksbs, fine.text.route], [['K1', 'S2'], 'Digital']);
  assert.match(read({ occupation: 'ST9001', ksbs: 'K99' }).problems[0]?.text ?? '', /has no K99/);
  assert.match(
    read({ occupation: 'ST0001', ksbs: 'K1', route: 'Digital' }, null).problems[0]?.text ?? '',
    /do not have that occupation/,
  );
  assert.deepEqual(
    read({ route: 'Digital' }).problems.map((one) => one.field),
    ['jobTitle'],
  );
});

test('days and weeks', () => {
  assert.equal(readDay('1/9/2026'), '2026-09-01');
  assert.equal(readDay('1 November 2026'), '2026-11-01');
  assert.equal(readDay('15th Dec 2026'), '2026-12-15');
  assert.equal(readDay('1026-12-15'), null, 'a slip of the pen');
  assert.equal(readDay('2026-02-30'), null);
  assert.equal(readDay('31.02.2026'), null);
  assert.equal(readDay('0000-01-01'), null, 'no database has that year');
  // 23 November 2026 is a Monday.
  assert.equal(endOfWeek('2026-11-23'), '2026-11-29');
  assert.equal(endOfWeek('2026-11-29'), '2026-11-29');
  const due = (day: string) => ({ due: day, doneAt: null });
  assert.ok(isThisWeek(due('2026-11-29'), '2026-11-23') && !isThisWeek(due('2026-11-30'), '2026-11-23'));
  assert.ok(isOverdue(due('2026-11-22'), '2026-11-23') && !isOverdue(due('2026-11-23'), '2026-11-23'));
  assert.ok(!isOverdue({ due: '2026-11-01', doneAt: new Date() }, '2026-11-23'));
});
