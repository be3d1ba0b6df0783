import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knownStandards } from './known-standards.ts';
import { readOffer, readQualification } from './qualification-problems.ts';
import { seededNumbers } from './sampling.ts';

const ksb = (code: string, options: readonly string[] = [], core = true) => ({ code, text: code, core, options });

const standard = (reference: string, version: string, ksbs = [ksb('K1'), ksb('K2'), ksb('S1')]) => ({
  reference,
  version,
  title: `Occupation ${reference}`,
  level: 4,
  status: 'Approved for delivery',
  options: [
    { id: 'o1', title: 'Trees & shrubs' },
    { id: 'o2', title: 'Ponds' },
  ],
  ksbs,
});

const known = knownStandards(
  [
    standard('ST0001', '1.0'),
    standard('ST0001', '1.1'),
    standard('ST0002', '1.0', [ksb('K1', ['o1'], false)]),
    standard('ST0003', '1.0', []),
  ],
  (text) => text.replaceAll('&amp;', '&').trim(),
);

/** A file with nothing wrong in it. */
const right = () => ({
  title: 'Diploma',
  awardingOrganisation: 'Awards',
  level: 4,
  occupations: [
    {
      standard: 'ST0001',
      version: '1.1',
      partly: [{ ksb: 'K2', reason: 'why' }],
      exclude: [{ ksb: 'S1', reason: 'why' }],
    },
  ],
  units: ['A', 'B', 'C', 'D', 'E', 'F'].map((code) => ({
    code,
    title: `Unit ${code}`,
    credits: 15,
    covers: { ST0001: ['K1'] },
    outcomes: [{ code: 'LO1', text: 'can', partly: { ST0001: ['K2'] } }],
  })),
  rules: {
    mandatory: ['A'],
    choose: [{ from: ['B', 'C'], units: { min: 1, max: 2 } }],
    pathways: [
      { name: 'North', mandatory: ['D'], occupations: ['ST0001'] },
      { name: 'South', choose: [{ from: ['D', 'E'], credits: { max: 15 } }] },
    ],
    credits: { min: 30, max: 90 },
    levels: [{ level: 4, credits: { max: 90 } }],
    barred: [['B', 'C']],
    requires: [{ unit: 'E', needs: ['B'] }],
  },
});

/** Sets the value at a path such as `rules.choose[0].from`; `undefined` takes the key away. */
const withValue = (path: string, value: unknown) => {
  const file: unknown = structuredClone(right());
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((inner, key) => (inner as Record<string, unknown>)[key], file) as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return file;
};

const problemsOf = (file: unknown) => {
  const read = readQualification(file, known);
  return read.kind === 'ok' ? [] : read.refusal;
};

/** What is changed, where the problem is told, and what it says. */
const cases: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['extra', 1, 'extra', /not known/],
  ['units[1].extra', 1, 'units[1].extra', /not known/],
  ['rules.pathways[0].mandatry', ['D'], 'rules.pathways[0].mandatry', /not known/],
  ['title', undefined, 'title', /missing: expected text/],
  ['title', 7, 'title', /found 7, expected text/],
  ['level', 6, 'level', /found 6, expected 4 or 5/],
  ['guarantee', 'all', 'guarantee', /found "all", expected "any" or "each"/],
  ['units[0].credits', 1.5, 'units[0].credits', /found 1\.5, expected a whole number/],
  ['units[0].credits', -15, 'units[0].credits', /found -15, expected 0 or more/],
  ['units[1].code', 'A', 'units[1].code', /"A" already/],
  ['units[1].covers', ['K1'], 'units[1].covers', /found a list, expected an object with standard references as keys/],
  ['units[1].covers.ST0001', 'K1', 'units[1].covers.ST0001', /found "K1", expected a list/],
  ['units[1].outcomes[0].partly.ST0001', ['K2', 7], 'units[1].outcomes[0].partly.ST0001[1]', /found 7, expected text/],
  ['units', [], 'units', /empty/],
  ['occupations', [], 'occupations', /empty/],
  ['occupations[0].standard', 'ST0009', 'occupations[0].standard', /"ST0009" is not known; did you mean ST0001\?/],
  [
    'occupations[0].version',
    '3.0',
    'occupations[0].version',
    /no version "3\.0" here: it is known in the versions 1\.0, 1\.1/,
  ],
  ['occupations[0].version', undefined, 'occupations[0].version', /known in the versions 1\.0, 1\.1/],
  [
    'occupations[0].option',
    'Lakes',
    'occupations[0].option',
    /no option "Lakes": its options are "Trees & shrubs", "Ponds"/,
  ],
  ['occupations[0].exclude[0].ksb', 'S9', 'occupations[0].exclude[0].ksb', /no KSB "S9"; did you mean S1\?/],
  ['occupations[0].partly[0].ksb', 'B1', 'occupations[0].partly[0].ksb', /no KSB "B1"/],
  [
    'occupations[0].exclude',
    ['K1', 'K2', 'S1'].map((code) => ({ ksb: code, reason: 'why' })),
    'occupations[0]',
    /requires nothing: every KSB is excluded/,
  ],
  [
    'occupations[0].exclude',
    [
      { ksb: 'K1', reason: 'a' },
      { ksb: 'K1', reason: 'b' },
    ],
    'occupations[0].exclude[1].ksb',
    /K1 is listed twice/,
  ],
  [
    'units[2].covers',
    { ST0002: ['K1'] },
    'units[2].covers.ST0002',
    /no claim names the standard "ST0002"; did you mean ST0001/,
  ],
  ['units[2].covers.ST0001', ['K1', 'K7'], 'units[2].covers.ST0001[1]', /no KSB "K7"/],
  ['units[2].outcomes[0].partly.ST0001', ['K2', 'K2'], 'units[2].outcomes[0].partly.ST0001[1]', /K2 is listed twice/],
  ['rules.mandatory', ['A', 'Z'], 'rules.mandatory[1]', /no unit is called "Z"/],
  ['rules.mandatory', ['A', 'A'], 'rules.mandatory[1]', /"A" is listed twice/],
  ['rules.choose[0].from', [], 'rules.choose[0].from', /empty/],
  ['rules.choose[0].from[1]', 'A', 'rules.choose[0].from[1]', /"A" stands among the mandatory units already/],
  ['rules.pathways[1].choose[0].from[0]', 'B', 'rules.pathways[1].choose[0].from[0]', /"B" stands in the group/],
  ['rules.pathways[1].name', 'North', 'rules.pathways[1].name', /another pathway is called "North"/],
  ['rules.pathways', [], 'rules.pathways', /empty/],
  ['rules.pathways[0].occupations', [], 'rules.pathways[0].occupations', /empty/],
  ['rules.pathways[0].occupations', ['ST0002'], 'rules.pathways[0].occupations[0]', /no claim is called "ST0002"/],
  ['rules.choose[0].units.min', 3, 'rules.choose[0].units.min', /the least, 3, is more than the most, 2/],
  ['rules.credits.min', -1, 'rules.credits.min', /found -1, expected 0 or more/],
  ['rules.levels[0].credits', { min: 5, max: 1 }, 'rules.levels[0].credits.min', /more than the most/],
  ['rules.barred', [[]], 'rules.barred[0]', /empty/],
  ['rules.barred[0]', ['B', 'X'], 'rules.barred[0][1]', /no unit is called "X"/],
  ['rules.requires[0].unit', 'X', 'rules.requires[0].unit', /no unit is called "X"/],
  ['rules.requires[0].needs', [], 'rules.requires[0].needs', /empty/],
];

describe('readQualification', () => {
  it('takes what is right', () => assert.deepEqual(problemsOf(right()), []));

  for (const [change, value, path, message] of cases)
    it(`${change} = ${JSON.stringify(value)?.slice(0, 40)}: tells ${path}`, () => {
      const problems = problemsOf(withValue(change, value));
      const found = problems.filter((problem) => problem.path === path);
      assert.ok(
        found.some((problem) => message.test(problem.message)),
        JSON.stringify(problems),
      );
    });

  it('tells a duplicate claim, two versions of one standard, and a claim nothing answers to', () => {
    const file = structuredClone(right());
    file.occupations.push({ standard: 'ST0001', version: '1.0' } as never);
    file.rules.pathways[1] = { name: 'South', occupations: ['ST0001'] } as never;
    assert.deepEqual(
      problemsOf(file).map((problem) => problem.path),
      ['occupations[1].standard', 'occupations[1].version'],
    );
    const named = structuredClone(right());
    named.occupations.push({ id: 'other', standard: 'ST0001', version: '1.1' } as never);
    named.rules.pathways[1] = { name: 'South', occupations: ['ST0001'] } as never;
    assert.deepEqual(problemsOf(named), [
      { path: 'occupations[1]', message: 'no pathway answers to the claim "other"' },
    ]);
  });

  it('tells a claim that requires nothing: no KSBs at all, or none in the core', () => {
    const claim = (standard: string) =>
      problemsOf(withValue('occupations', [{ standard, version: '1.0' }])).find(
        (problem) => problem.path === 'occupations[0]',
      )?.message;
    assert.match(claim('ST0003') ?? '', /has no KSBs at all/);
    assert.match(claim('ST0002') ?? '', /no KSBs in its core: name an option/);
  });

  it('finds an option by its title with entities decoded and blanks trimmed', () =>
    assert.deepEqual(problemsOf(withValue('occupations[0].option', '  Trees &amp; shrubs ')), []));

  it('tells all of it together, in the order of the file', () => {
    const file = withValue('units[3].credits', 'many') as Record<string, unknown>;
    file.title = 4;
    (file.rules as Record<string, unknown>).mandatory = ['Q'];
    (file.rules as Record<string, unknown>).bonus = true;
    assert.deepEqual(
      problemsOf(file).map((problem) => problem.path),
      ['title', 'units[3].credits', 'rules.mandatory[0]', 'rules.bonus'],
    );
  });

  it('answers anything at all with problems that have a place, never by throwing', () => {
    for (const file of [null, [], 'text', 7, {}, { units: { A: 1 }, occupations: [[null]], rules: [] }])
      assert.ok(problemsOf(file).length > 0);
    const random = seededNumbers(2021);
    const values = [null, -1, 2.5, 'A', [], {}, [['A']], [null], 'K1', { min: 2, max: 1 }, ['B', 'B']];
    for (let round = 0; round < 2000; round += 1) {
      const file = structuredClone(right()) as unknown;
      let holder = file as Record<string, unknown>;
      for (let depth = 0; depth < 8; depth += 1) {
        const keys = Object.keys(holder);
        const key = keys[Math.floor(random() * keys.length)];
        if (key === undefined) break;
        const inner = holder[key];
        if (typeof inner === 'object' && inner !== null && random() < 0.75) holder = inner as Record<string, unknown>;
        else {
          holder[key] = values[Math.floor(random() * values.length)];
          break;
        }
      }
      for (const problem of problemsOf(file)) assert.ok(problem.message.length > 5 && typeof problem.path === 'string');
    }
  });
});

describe('readOffer', () => {
  const read = readQualification(right(), known);
  if (read.kind !== 'ok') throw new Error('the right file was refused');
  const offerProblems = (offer: unknown) => {
    const answer = readOffer(offer, read.value);
    return answer.kind === 'ok' ? [] : answer.refusal.map((problem) => `${problem.path}: ${problem.message}`);
  };

  it('takes what is right', () => assert.deepEqual(offerProblems({ units: ['A', 'B', 'D'], pathways: ['North'] }), []));

  it('tells what is not there, what is twice, and what is mandatory and missing', () => {
    assert.match(offerProblems({ units: ['A', 'D', 'Z'] }).join(), /units\[2\]: no unit is called "Z"/);
    assert.match(offerProblems({ units: ['A', 'A', 'D'] }).join(), /units\[1\]: "A" is listed twice/);
    assert.match(offerProblems({ units: ['A'], pathways: ['North'] }).join(), /units: "D" is mandatory/);
    assert.deepEqual(offerProblems({ units: ['A', 'E'], pathways: ['South'] }), []);
    assert.match(
      offerProblems({ units: ['A', 'D'], pathways: ['West'] }).join(),
      /pathways\[0\]: no pathway is called "West"/,
    );
    assert.match(offerProblems({ units: ['A', 'D'], pathways: [] }).join(), /pathways: no pathway is listed/);
    assert.match(offerProblems({ units: ['A', 'D'], more: 1 }).join(), /more: this key is not known/);
    assert.match(offerProblems([]).join(), /expected an object/);
  });
});
