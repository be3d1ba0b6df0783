import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import policy from '../../../../data/evidence-policy.json' with { type: 'json' };
import {
  countBy,
  countEmployers,
  type EvidenceSource,
  forOthers,
  heldBackWords,
  monthsBetween,
  monthsLater,
  recordOf,
  spreadOf,
} from './evidence.ts';
import { evidencePolicyFile, missingIn, type OwnMeasure, policyOn } from './evidence-policy.ts';
import { findingWords } from './evidence-words.ts';

const employer = (name: string, region: string | null, size: string | null) => ({
  id: name,
  name,
  region,
  size,
  sector: 'J',
});
const halden = employer('Halden', 'London', 'large');
const marlow = employer('Marlow', 'South East', null);
const source = (more: Partial<EvidenceSource> = {}): EvidenceSource => ({
  kind: 'meeting',
  id: 'one',
  employer: halden,
  on: '2026-05-29',
  occupations: ['ST9001'],
  confidential: false,
  title: 'A visit',
  parts: [{ text: 'Priya said that they lack people.', confidential: false }],
  signature: null,
  ...more,
});
const record = (...sources: readonly EvidenceSource[]) => recordOf('college', 'ST9001', '2026-11-29', sources);
const nothing = { employers: null, letters: null, regions: null, sizes: null, ageMonths: null };

describe('an evidence record', () => {
  it('counts whole calendar months, over the ends of months and years', () => {
    assert.equal(monthsBetween('2026-01-30', '2026-02-28'), 0);
    assert.equal(monthsBetween('2026-01-30', '2026-03-01'), 1);
    assert.equal(monthsBetween('2025-11-29', '2026-11-29'), 12);
    assert.equal(monthsBetween('2025-11-30', '2026-11-29'), 11);
    assert.equal(monthsLater('2026-01-31', 1), '2026-02-28');
    assert.equal(monthsLater('2024-02-29', 12), '2025-02-28');
    assert.equal(monthsLater('2026-11-29', 2), '2027-01-29');
  });

  it('has what is for its occupation and not of a later day, the newest first', () => {
    const { items } = record(
      source({ id: 'old', on: '2024-01-01' }),
      source({ id: 'other', occupations: ['ST9002'] }),
      source({ id: 'both', occupations: ['ST9002', 'ST9001'] }),
      source({ id: 'to come', on: '2026-11-30' }),
    );
    assert.deepEqual(
      items.map((one) => [one.id, one.ageMonths]),
      [
        ['both', 6],
        ['old', 34],
      ],
    );
  });

  it('counts an employer once, says what is not known, and shows what is empty', () => {
    const { items } = record(
      source({ id: '1' }),
      source({ id: '2', on: '2024-01-01' }),
      source({ id: '3', employer: marlow }),
    );
    assert.equal(countEmployers(items), 2);
    assert.deepEqual(countBy(items, 'region', ['London', 'North East'], true), [
      { key: 'London', employers: 1, items: 2 },
      { key: 'North East', employers: 0, items: 0 },
      { key: 'South East', employers: 1, items: 1 },
    ]);
    assert.deepEqual(countBy(items, 'size', ['micro', 'large'], false), [
      { key: 'large', employers: 1, items: 2 },
      { key: null, employers: 1, items: 1 },
    ]);
    assert.deepEqual(
      countBy(items, 'age', [], false).map((one) => [one.key, one.employers, one.items]),
      [
        ['24 to 35 months', 0, 1],
        ['6 to 11 months', 2, 2],
      ],
      'an employer stands with its newest item',
    );
    assert.deepEqual(spreadOf(items, ['London', 'South East'], ['large']), [
      { region: 'London', employers: [1] },
      { region: 'South East', employers: [0] },
    ]);
  });

  it('shows others nothing that is confidential, and nothing that was noted of a meeting', () => {
    const shown = forOthers(
      record(
        source({ id: 'secret', confidential: true, employer: marlow }),
        source({ id: 'open' }),
        source({
          id: 'letter',
          kind: 'letter',
          signature: { signer: 'Ida Bramble, owner', sha256: 'abc' },
          parts: [
            { text: 'We want it.', confidential: false },
            { text: 'We lose 40 people a year.', confidential: true },
          ],
        }),
      ),
    );
    assert.equal(shown.heldBack, 1);
    const words = JSON.stringify(shown);
    for (const secret of ['Marlow', '40 people', 'Priya', 'Ida Bramble']) assert.ok(!words.includes(secret), secret);
    assert.ok(words.includes('We want it.') && words.includes(heldBackWords));
  });
});

describe('what an evidence record lacks', () => {
  const { editions } = evidencePolicyFile.parse(policy);
  const own = (more: Partial<OwnMeasure>): OwnMeasure => ({
    id: 'm',
    organisation: 'college',
    from: '2026-01-01',
    measure: { ...nothing, employers: 3 },
    source: 'our governors',
    setAt: new Date('2026-01-01'),
    ...more,
  });

  it('is not measured against numbers that nobody has published', () => {
    const found = policyOn(editions, [], '2026-11-29');
    assert.equal(found.kind, 'off');
    assert.match(found.kind === 'off' ? found.why : '', /no public text/);
    for (const edition of editions)
      assert.ok(edition.on || Object.values(edition.measure).every((one) => one === null));
  });

  it('is measured by what holds on the day: the organisation’s, else the instance’s', () => {
    const found = (day: string, ...all: readonly OwnMeasure[]) => {
      const policy = policyOn(editions, all, day);
      return policy.kind === 'on' ? `${policy.whose} ${policy.measure.employers}` : 'off';
    };
    const later = own({ from: '2026-06-01', measure: { ...nothing, employers: 5 } });
    const instance = own({ organisation: null, measure: { ...nothing, employers: 9 } });
    assert.equal(found('2025-12-31', own({})), 'off');
    assert.equal(found('2026-05-31', own({}), later), 'organisation 3');
    assert.equal(found('2026-06-01', later, own({})), 'organisation 5');
    assert.equal(found('2026-06-01', instance), 'instance 9');
    assert.equal(found('2026-06-01', instance, own({ measure: nothing })), 'instance 9', 'taken out again');
    assert.equal(
      found('2026-06-01', own({ measure: { ...nothing, employers: 4 }, setAt: new Date('2026-01-02') }), own({})),
      'organisation 4',
      'put right on the same day',
    );
  });

  it('names the numbers, what is too old, what soon will be, and whose region or size is not known', () => {
    const missing = missingIn(
      record(
        source({ id: 'fresh' }),
        source({ id: 'ageing', employer: marlow, on: '2025-01-15' }),
        source({ id: 'last day', employer: employer('Akin', 'London', 'micro'), on: '2024-11-29' }),
        source({ id: 'old', kind: 'letter', employer: employer('Old', 'Wales', 'small'), on: '2024-11-28' }),
      ),
      { employers: 3, letters: 1, regions: 3, sizes: 2, ageMonths: 24 },
    );
    assert.deepEqual(missing.findings, [
      { what: 'employers', wanted: 3, have: 3, missing: 0 },
      { what: 'letters', wanted: 1, have: 0, missing: 1 },
      { what: 'regions', wanted: 3, have: 2, missing: 1 },
      { what: 'sizes', wanted: 2, have: 2, missing: 0 },
    ]);
    assert.deepEqual(
      missing.tooOld.map((one) => one.id),
      ['old'],
    );
    assert.deepEqual(
      missing.ageing.map((one) => [one.item.id, one.until]),
      [
        ['ageing', '2027-01-15'],
        ['last day', '2026-11-29'],
      ],
    );
    assert.deepEqual(missing.unplaced, [{ id: 'Marlow', name: 'Marlow', what: ['size'] }]);
  });

  it('counts employers with a letter, not letters, and names those of which all is held back', () => {
    const letter = (id: string, confidential: boolean): EvidenceSource => ({
      kind: 'letter',
      id,
      employer: { id: 'e', name: 'Fenwick', size: null, sector: null, region: null },
      on: '2026-11-01',
      occupations: ['ST9001'],
      confidential,
      title: 'Signed letter of support',
      parts: [{ text: 'We want it.', confidential }],
      signature: null,
    });
    const record = recordOf('college', 'ST9001', '2026-11-20', [letter('one', false), letter('two', true)]);
    const missing = missingIn(record, { ...nothing, letters: 2 });
    assert.deepEqual(missing.findings, [{ what: 'letters', wanted: 2, have: 1, missing: 1 }]);
    assert.deepEqual(
      missing.hidden.map((one) => one.id),
      ['two'],
    );
    assert.deepEqual(missing.findings.map(findingWords), ['1 of 2 employers with a signed letter: 1 is missing.']);
  });
});
