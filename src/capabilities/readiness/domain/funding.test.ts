import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import rules from '../../../../data/funding-rules.json' with { type: 'json' };
import { breakEven, fundingAnswers, fundingRulesFile, surplus } from './funding.ts';

const read = fundingRulesFile.parse(rules);
const asked = (day: string, answers: Parameters<typeof fundingAnswers>[2]) =>
  Object.fromEntries(fundingAnswers(read, day, answers, (one) => one).map((one, at) => [read.routes[at]?.id, one]));

describe('whether learners can be funded', () => {
  const all = {
    ofsRegistered: 'yes',
    designated: 'yes',
    carriesCredit: 'yes',
    academicYear: 'yes',
    moduleOf30: 'yes',
    ownDelivery: 'yes',
    loanFunded: 'yes',
  } as const;

  it('follows the dates of each way', () => {
    const before = asked('2026-12-31', all);
    assert.equal(before['student-finance']?.answer, 'yes');
    assert.deepEqual(before['lle-course']?.reasons, ['It pays for study from 2027-01-01 on']);
    const since = asked('2027-01-01', all);
    assert.equal(since['lle-course']?.answer, 'yes');
    assert.deepEqual(since['student-finance']?.reasons, ['It paid for study until 2026-12-31']);
    assert.equal(asked('2030-08-01', all)['advanced-learner-loan']?.answer, 'no');
  });

  it('says what is missing, or not known, with the reason', () => {
    const unregistered = asked('2027-09-01', { ...all, ofsRegistered: 'no' });
    assert.equal(unregistered['lle-course']?.answer, 'no');
    assert.match(unregistered['lle-course']?.reasons[0] ?? '', /registered with the Office for Students/);
    assert.equal(unregistered['advanced-learner-loan']?.answer, 'yes', 'it stays an HTQ and keeps the loan');
    assert.equal(asked('2027-09-01', {})['lle-module']?.answer, 'not-known');
    assert.equal(asked('2027-09-01', { ...all, moduleOf30: 'no' })['lle-module']?.answer, 'no');
  });

  it('every question that a rule needs is asked', () => {
    const known = new Set(read.questions.map((one) => one.id));
    for (const route of read.routes) for (const need of route.needs) assert.ok(known.has(need.question), need.question);
  });
});

describe('the group size that breaks even', () => {
  it('is the first whole number of learners that pays for the fixed cost', () => {
    const money = { feeEach: 6000, costEach: 1000, fixedCost: 60_000 };
    assert.deepEqual(breakEven(money), { kind: 'from', learners: 12 });
    assert.equal(surplus(money, 12), 0);
    assert.equal(surplus(money, 11), -5000);
    assert.deepEqual(breakEven({ ...money, fixedCost: 60_001 }), { kind: 'from', learners: 13 });
    assert.equal(breakEven({ ...money, feeEach: 900 }).kind, 'never');
  });
});
