import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoverageQuestion } from './coverage-question.ts';
import { countWays, drawDiagram } from './diagram.ts';
import { countFailing } from './failing-count.ts';
import { estimateFailing } from './failing-share.ts';
import { type DrawnPathway, pathwayCases } from './pathway-cover.ts';
import { seededNumbers, wilsonInterval } from './sampling.ts';

const never = () => false;

/** Two pathways of different size, with groups, a credit bound and clauses, so that ways are far from even. */
const unevenQuestion = (seed: number): CoverageQuestion => {
  const random = seededNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const units = Array.from({ length: 20 }, () => ({ level: 4, credits: [10, 15, 20, 30][below(4)] ?? 10 }));
  const from = (first: number, end: number) => Array.from({ length: end - first }, (_, at) => first + at);
  const group = (list: readonly number[], min: number, max: number) => ({
    from: list,
    units: { min, max },
    credits: { min: 0, max: Number.POSITIVE_INFINITY },
  });
  return {
    guarantee: seed % 2 === 0 ? 'any' : 'each',
    units,
    pathways: [
      { name: 'A', mandatory: [0], groups: [group(from(1, 9), 2, 4), group(from(9, 16), 2, 3)], claims: [0, 1] },
      { name: 'B', mandatory: [1], groups: [group(from(9, 20), 3, 5)], claims: [1] },
    ],
    credits: { min: 60, max: 140 },
    levels: [],
    barred: [
      [2, 10],
      [11, 12, 13],
    ],
    requires: [{ unit: 3, needs: [14] }],
    claims: [0, 1].map(() => ({
      ksbs: Array.from({ length: 3 }, () => ({ coveredBy: from(1, 20).filter(() => random() < 0.35) })),
    })),
  };
};

const drawn = (question: CoverageQuestion): readonly DrawnPathway[] =>
  pathwayCases(question, null).flatMap(({ layout, covers }) => {
    const diagram = drawDiagram(layout, never);
    if (diagram === null || diagram === 'late') return [];
    const ways = countWays(diagram, never);
    return ways === 'late' ? [] : [{ diagram, ways, covers }];
  });

test('the interval of the estimate holds the exact share about 95 times in 100', () => {
  const tried = 300;
  let held = 0;
  let deviations = 0;
  let uneven = 0;
  for (let seed = 0; seed < tried; seed += 1) {
    const question = unevenQuestion(seed);
    const diagrams = drawn(question);
    const total = diagrams.reduce((sum, { ways }) => sum + (ways[0]?.[0] ?? 0n), 0n);
    const failing = countFailing(question, diagrams, never);
    const estimate = estimateFailing(question, diagrams, total, never);
    assert.ok(failing !== null && estimate);
    const share = Number(failing) / Number(total);
    if (share >= estimate.low && share <= estimate.high) held += 1;
    const spread = Math.sqrt((share * (1 - share)) / estimate.samples);
    if (spread === 0) continue;
    uneven += 1;
    deviations += (estimate.share - share) / spread;
  }
  assert.ok(held / tried > 0.91, `${held} of ${tried}`);
  // All leaning one way would show here; 4 standard errors are allowed.
  assert.ok(uneven > 200 && Math.abs(deviations) / Math.sqrt(uneven) < 4, `${deviations} over ${uneven}`);
});

test('the interval is Wilson’s', () => {
  // Worked by hand: 5 of 10 gives 0.5 with half width 0.2634.
  const { low, high } = wilsonInterval(5, 10);
  assert.ok(Math.abs(low - 0.2366) < 1e-4 && Math.abs(high - 0.7634) < 1e-4);
  assert.deepEqual([wilsonInterval(0, 50).low, wilsonInterval(50, 50).high], [0, 1]);
});
