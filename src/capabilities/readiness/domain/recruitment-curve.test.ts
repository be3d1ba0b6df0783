import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import curve from '../../../../data/recruitment-curve.json' with { type: 'json' };
import { expectedBy, recruitmentCurveFile, standingOf, suggestedForecast } from './recruitment-curve.ts';
import { weekFault } from './recruitment-week.ts';

const recruitmentCurve = recruitmentCurveFile.parse(curve).editions[0];
assert.ok(recruitmentCurve);
const forecast = { low: 10, likely: 16, high: 26 };
const teach = '2027-09-20';

describe('recruitment against what is expected by a week', () => {
  it('comes to the forecast on the first day of teaching and after it, and to nothing years before', () => {
    for (const day of [teach, '2027-10-20'])
      assert.deepEqual(expectedBy(recruitmentCurve, forecast, teach, day, 'accepted'), forecast);
    assert.deepEqual(expectedBy(recruitmentCurve, forecast, teach, '2024-01-01', 'accepted'), {
      low: 0,
      likely: 0,
      high: 0,
    });
  });

  it('never falls from one day to the next, and keeps low, likely and high in order', () => {
    let before = { low: 0, likely: 0, high: 0 };
    for (let at = 0; at < 420; at += 1) {
      const day = new Date(Date.parse('2026-08-01') + at * 86_400_000).toISOString().slice(0, 10);
      const now = expectedBy(recruitmentCurve, forecast, teach, day, 'applications');
      assert.ok(now.low >= before.low && now.likely >= before.likely && now.high >= before.high, day);
      assert.ok(now.low <= now.likely && now.likely <= now.high, day);
      before = now;
    }
  });

  it('three acceptances 42 weeks ahead are in step, not ten short', () => {
    const expected = expectedBy(recruitmentCurve, forecast, teach, '2026-11-29', 'accepted');
    assert.equal(standingOf(3, expected), 'in-step');
    assert.equal(standingOf(expected.high + 1, expected), 'ahead');
    const late = expectedBy(recruitmentCurve, forecast, teach, '2027-08-20', 'accepted');
    assert.equal(standingOf(3, late), 'behind');
  });

  it('the learners that a plan expects stand in the middle of what is suggested', () => {
    assert.deepEqual(suggestedForecast(recruitmentCurve, 20), { low: 14, likely: 20, high: 26 });
    assert.deepEqual(suggestedForecast(recruitmentCurve, 0), { low: 0, likely: 0, high: 0 });
  });

  it('applications never fall, and no week is noted before it is over', () => {
    const weeks = [
      { week: '2026-11-08', applications: 4, offers: 2, accepted: 2 },
      { week: '2026-11-22', applications: 9, offers: 5, accepted: 3 },
    ];
    const fault = (week: string, applications: number, offers: number, accepted = 0) =>
      weekFault({ week, applications, offers, accepted }, weeks, '2026-11-29');
    assert.deepEqual(fault('2030-01-01', 20, 9), { kind: 'to-come' });
    assert.deepEqual(fault('2026-11-22', 20, 9), { kind: 'there-already' });
    assert.deepEqual(fault('2026-11-29', 8, 5), { kind: 'fewer', field: 'applications', than: weeks[1] });
    assert.deepEqual(fault('2026-11-15', 5, 6), { kind: 'more', field: 'offers', than: weeks[1] });
    assert.equal(fault('2026-11-29', 9, 5, 2), null, 'people who had accepted may change their mind');
  });
});
