import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attendancesOf, candidateFinder, occupationChoice } from './attendance-match.ts';
import type { Employer } from './employer.ts';

const event = { id: 'e1', title: 'Skills', on: '2026-11-17', routes: ['Digital'] };
const employer = (name: string, occupations: readonly string[] = []): Employer =>
  ({ id: name, name, occupations }) as unknown as Employer;
const routes: Readonly<Record<string, string>> = { ST1: 'Digital', ST2: 'Digital', ST3: 'Health and science' };
const routeOf = (one: string): string | null => routes[one] ?? null;

test('guests of one organisation at one event are one attendance, however they typed its name', () => {
  const found = attendancesOf([
    { event, organisation: 'Fenwick Networks Ltd' },
    { event, organisation: ' FENWICK NETWORKS ' },
    { event: { ...event, id: 'e2' }, organisation: 'Fenwick Networks' },
    { event, organisation: '  ' },
  ]);
  assert.deepEqual(
    found.map((one) => [one.event.id, one.organisation, one.people]),
    [
      ['e1', 'Fenwick Networks Ltd', 2],
      ['e2', 'Fenwick Networks', 1],
    ],
  );
});

test('an employer is proposed by its whole name alone', () => {
  const [attendance] = attendancesOf([{ event, organisation: 'Halden Data Centres' }]);
  assert.ok(attendance);
  const names = (...all: readonly string[]) =>
    candidateFinder(all.map((one) => employer(one)))(attendance).map((one) => one.name);
  assert.deepEqual(names('Halden Data Centres plc', 'Halden', 'Halden Data'), ['Halden Data Centres plc']);
});

test('the occupation follows where one is in the routes of the event, and is a person’s choice otherwise', () => {
  const choice = (occupations: readonly string[], of = event) => occupationChoice(of, { occupations }, routeOf);
  assert.deepEqual(choice(['ST1', 'ST3']), { choices: ['ST1'], settled: ['ST1'] });
  assert.deepEqual(choice(['ST1', 'ST2', 'ST3']), { choices: ['ST1', 'ST2'], settled: [] });
  assert.deepEqual(choice(['ST3']), { choices: ['ST3'], settled: [] }, 'in none of the routes: asked');
  assert.deepEqual(choice(['ST1'], { ...event, routes: [] }), { choices: ['ST1'], settled: [] });
  assert.deepEqual(choice(['ST9']), { choices: ['ST9'], settled: [] }, 'a standard that is not stored');
  assert.deepEqual(choice([]), { choices: [], settled: [] });
});
