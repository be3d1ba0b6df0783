import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerBy, type Deadline, deadlineFor, moderationReminder } from './moderation.ts';

const rule = (holdsFrom: string, answerWithinDays: number): Deadline => ({
  holdsFrom,
  answerWithinDays,
  firstReminderDaysBefore: 2,
  daysBetweenReminders: 3,
  administratorsAfterDaysLate: 4,
});

describe('deadlines of moderators', () => {
  it('follow the rule that held when the example came', () => {
    const rules = [rule('2027-01-01', 5), rule('2026-01-01', 10)];
    const by = (sent: string) => answerBy(deadlineFor(rules, new Date(sent)), new Date(sent));
    assert.equal(by('2026-12-31T23:00:00Z'), '2027-01-10');
    assert.equal(by('2027-01-01T09:00:00Z'), '2027-01-06');
    assert.equal(by('2025-06-01T09:00:00Z'), '2025-06-11', 'before the first rule');
    assert.equal(by('2026-06-30T23:30:00Z'), '2026-07-11', 'it is July in London');
    assert.equal(by('2026-10-20T23:30:00Z'), '2026-10-31', 'the clocks go back between');
  });

  it('remind before the day, then every few days, and climb', () => {
    const on = (day: string) => moderationReminder(rule('2026-01-01', 10), '2026-12-10', day);
    assert.equal(on('2026-12-07'), null);
    assert.deepEqual(on('2026-12-08'), { step: 0, climbs: false });
    assert.deepEqual(on('2026-12-10'), { step: 0, climbs: false });
    assert.deepEqual(on('2026-12-11'), { step: 1, climbs: false });
    assert.deepEqual(on('2026-12-13'), { step: 1, climbs: false });
    assert.deepEqual(on('2026-12-14'), { step: 2, climbs: true });
    assert.deepEqual(on('2026-12-20'), { step: 4, climbs: true });
  });
});
