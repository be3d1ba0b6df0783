import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Region } from '#kernel/region.ts';
import { type CountedAsk, routeNeed } from './local-need.ts';

const ask = (employerName: string, region: Region, more: Partial<CountedAsk> = {}): CountedAsk => ({
  employerName,
  region,
  jobTitle: 'Technician',
  occupation: null,
  ksbs: [],
  route: 'Digital',
  town: '',
  askedOn: '2026-10-01',
  ...more,
});
const many = (count: number, region: Region, more: Partial<CountedAsk> = {}, from = 0) =>
  Array.from({ length: count }, (_, at) => ask(`Employer ${region} ${from + at}`, region, more));

test('four employers are not counted, five are, and none is told as none', () => {
  assert.equal(routeNeed('Digital', []).employers, 0);
  const four = routeNeed('Digital', many(4, 'London'));
  assert.deepEqual([four.employers, four.regions, four.jobTitles], [null, [], []]);
  const five = routeNeed('Digital', many(5, 'London'));
  assert.equal(five.employers, 5);
  assert.deepEqual(five.jobTitles, [{ name: 'Technician', count: 5, byRegion: [5] }]);
});

test('an employer is counted once in a region, whoever keeps it, however it is spelt and however often it asks', () => {
  const asks = [
    ...many(4, 'London'),
    ask('Fenwick Networks Ltd', 'London'),
    ask('FENWICK NETWORKS', 'London', { jobTitle: 'technician ' }),
    ask('Fenwick Networks', 'London', { jobTitle: 'Analyst' }),
  ];
  const need = routeNeed('Digital', asks);
  assert.equal(need.employers, 5);
  assert.deepEqual(
    need.jobTitles.map((one) => [one.name, one.count]),
    [['Technician', 5]],
  );
  assert.equal(need.heldBack.jobTitles, 1, 'the analyst is asked for by one');
});

test('a small region is held back, and another with it that would tell it', () => {
  const need = routeNeed('Digital', [...many(9, 'London'), ...many(7, 'South East'), ...many(2, 'Wales')]);
  assert.equal(need.employers, 18);
  assert.deepEqual(
    need.regions.map((one) => [one.region, one.employers]),
    [
      ['London', 9],
      ['South East', null],
      ['Wales', null],
    ],
  );
  for (const title of need.jobTitles) {
    assert.deepEqual(title.byRegion.slice(1), [null, null], 'what is held of a region is held of what is asked there');
    assert.equal(title.count, 18);
  }
});

test('towns are told where their numbers are, and no town of the few is named', () => {
  const need = routeNeed('Digital', [
    ...many(6, 'London', { town: 'Southgate' }),
    ...many(6, 'London', { town: 'Wharf End' }, 10),
    ...many(2, 'London', { town: 'Lonely' }, 20),
    ...many(1, 'London', { town: 'Lonelier' }, 30),
  ]);
  assert.deepEqual(need.regions[0]?.towns, [
    { town: 'Southgate', employers: 6 },
    { town: 'Wharf End', employers: 6 },
  ]);
});

test('what all but a few ask for is held back as what a few ask for is', () => {
  const asks = [...many(8, 'London'), ...many(2, 'London', { jobTitle: 'Other' }, 20)];
  const need = routeNeed('Digital', asks);
  assert.deepEqual(need.jobTitles, []);
  assert.equal(need.heldBack.jobTitles, 2);
});

test('what few of those who ask for an occupation leave out cannot be worked out from its KSBs', () => {
  const asks = [
    ...many(6, 'London', { occupation: 'ST0001', ksbs: ['K4'] }),
    ...many(2, 'London', { occupation: 'ST0001' }, 6),
    ...many(7, 'London', {}, 20),
  ];
  const need = routeNeed('Digital', asks);
  assert.deepEqual(
    need.occupations.map((one) => [one.name, one.count]),
    [['ST0001', 8]],
  );
  assert.deepEqual(need.ksbs, [], 'eight less six are the two who did not ask for it');
  assert.equal(need.heldBack.ksbs, 1);
  const all = routeNeed('Digital', [
    ...many(8, 'London', { occupation: 'ST0001', ksbs: ['K4'] }),
    ...many(7, 'London', {}, 20),
  ]);
  assert.deepEqual(
    all.ksbs.map((one) => [one.name, one.count]),
    [['ST0001 K4', 8]],
    'that all of them asked for it tells of no few',
  );
});

test('no number from one to four is shown, whatever is asked: 300 random lists', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const places = ['London', 'South East', 'Wales', 'North East'] as const;
  for (let round = 0; round < 300; round += 1) {
    const asks = Array.from({ length: random(60) }, () =>
      ask(`Employer ${random(30)}`, places[random(places.length)] ?? 'London', {
        jobTitle: `Job ${random(4)}`,
        ...(random(2) === 0 ? { occupation: 'ST0001', ksbs: random(4) === 0 ? [] : ['K1'] } : {}),
        town: `Town ${random(3)}`,
      }),
    );
    const need = routeNeed('Digital', asks);
    const numbers = [
      need.employers,
      ...need.regions.flatMap((one) => [one.employers, ...one.towns.map((town) => town.employers)]),
      ...[...need.jobTitles, ...need.occupations].flatMap((one) => [one.count, ...one.byRegion]),
    ];
    for (const ksb of need.ksbs) {
      const [whole] = need.occupations;
      const left = (count: number | null | undefined, of: number | null | undefined): number =>
        typeof count === 'number' && typeof of === 'number' ? of - count : 0;
      numbers.push(
        left(ksb.count, whole?.count),
        ...ksb.byRegion.map((count, at) => left(count, whole?.byRegion[at])),
        ksb.count,
        ...ksb.byRegion,
      );
    }
    for (const one of numbers) assert.ok(one === null || one === 0 || one >= 5, `round ${round}: ${one}`);
    const held = need.regions.filter((one) => one.employers === null).length;
    assert.notEqual(held, 1, `round ${round}: one region alone is the sum less the others`);
  }
});
