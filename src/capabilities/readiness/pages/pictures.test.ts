import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planFromSteps } from '../domain/new-plan.ts';
import { layOutPlan, type Task } from '../domain/plan.ts';
import { deliveryStepsAt } from '../use-cases/reference-data.ts';
import { percent } from './amount.ts';
import { ganttOf } from './gantt.ts';
import { planModel } from './plan-model.ts';
import { weeksChart } from './weeks-chart.ts';

const today = '2026-11-23';
const tasks = planFromSteps(deliveryStepsAt(today), '2027-09-20', today);

describe('pictures and words of a plan', () => {
  it('levels of the forecast stand at their numbers, however close together; their names keep apart', () => {
    const weeks = [
      { week: '2026-11-01', applications: 10, offers: 0, accepted: 0 },
      { week: '2026-11-08', applications: 200, offers: 0, accepted: 0 },
    ];
    const chart = weeksChart(weeks, {
      forecast: { low: 18, likely: 19, high: 20 },
      firstTeach: '2027-09-20',
      acceptedBy: () => ({ low: 1, likely: 2, high: 3 }),
    });
    assert.ok(chart);
    const floor = chart.height - 30;
    const heights = chart.levels.map((one) => floor - one.y);
    // 20, 19 and 18 of 200: each level stands at its share of the height.
    const shares = [20, 19, 18].map((count) => (count / 200) * (floor - 14));
    heights.forEach((height, at) => {
      assert.ok(Math.abs(height - (shares[at] ?? 0)) < 0.06, `${height} ${shares[at]}`);
    });
    const names = chart.levels.map((one) => one.textY).toSorted((one, other) => one - other);
    assert.ok(names.every((y, at) => at === 0 || y - (names[at - 1] ?? 0) >= 14));
  });

  it('a picture says its days as people say them', () => {
    const { label } = ganttOf(layOutPlan(tasks, '2027-09-20', today), '2027-09-20', today);
    assert.match(label, /36 tasks from \d{1,2} [A-Z][a-z]+ \d{4} to \d{1,2} [A-Z][a-z]+ \d{4}/);
  });

  it('names tasks by their titles, and rounds what has to come out up', () => {
    const slow: Task = {
      ...(tasks[0] as Task),
      id: 'x',
      title: 'Ask Pearson about the HNC',
      starts: '2026-11-23',
      ends: '2026-12-10',
      after: [],
    };
    const laid = layOutPlan([slow], today, today);
    const words = [planModel(laid, today, today, () => '', deliveryStepsAt(today))]
      .flatMap((one) => [...one.tooLate, ...one.gives])
      .join(' ');
    assert.match(words, /Ask Pearson about the HNC/);
    assert.match(words, /find 3 weeks in what it hangs on/, '17 days do not fit into two weeks');
  });

  it('a late task that first teach hangs on is striped and outlined, and every year on the axis is named', () => {
    const late = layOutPlan(tasks, '2027-03-01', today);
    assert.ok(ganttOf(late, '2027-03-01', today).bars.find((one) => one.kind === 'late-critical')?.path);
    const far = ganttOf(layOutPlan(tasks, '2028-09-18', today), '2028-09-18', today);
    const years = new Set(far.months.flatMap((one) => /’(\d\d)$/.exec(one.text)?.[1] ?? []));
    assert.ok(years.has('27') && years.has('28'), [...years].join());
  });

  it('a plan of two thousand tasks has a picture that can be looked at, and its page counts them by strand', () => {
    const many = Array.from(
      { length: 2000 },
      (_, at): Task => ({ ...(tasks[at % 36] as Task), id: `t${at}`, after: [] }),
    );
    const laid = layOutPlan(many, '2027-09-20', today);
    const { gantt, large, strands } = planModel(laid, '2027-09-20', today, () => '', deliveryStepsAt(today));
    assert.ok(gantt.height < 5000, String(gantt.height));
    assert.equal(gantt.left, 1850);
    assert.ok(large);
    assert.ok(strands.every((one) => one.tasks.length === 0));
    assert.equal(
      strands.reduce((sum, one) => sum + one.all, 0),
      2000,
    );
  });

  it('a small chance is not none, and a great one not certainty', () => {
    assert.equal(percent(0), '0%');
    assert.equal(percent(0.004), 'under 1%');
    assert.equal(percent(0.5), '50%');
    assert.equal(percent(0.997), 'over 99%');
    assert.equal(percent(1), '100%');
  });
});
