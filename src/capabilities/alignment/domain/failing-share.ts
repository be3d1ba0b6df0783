import type { CoverageAnswer, CoverageQuestion } from './coverage-question.ts';
import type { DrawnPathway } from './pathway-cover.ts';
import { seededNumbers, uniformSampler, wilsonInterval } from './sampling.ts';
import { add, emptySet, meets, type UnitSet } from './unit-set.ts';

/** Samples of an estimate: enough for a margin of one in a hundred. */
const wantedSamples = 10_000;
const seed = 20_211_013;
const looksPerClockLook = 512;

/** Whether a combination, given as the layers it takes, fails by the question's guarantee. */
const failTest = (question: CoverageQuestion, drawn: DrawnPathway): ((layers: readonly number[]) => boolean) => {
  const { layout } = drawn.diagram;
  const claims = drawn.covers.map((cover) => cover.layersOf.filter((layers) => layers !== null));
  const taken = emptySet(layout.words);
  return (layers) => {
    taken.fill(0);
    for (const layer of layers) add(taken, layer);
    const misses = (ksbs: readonly UnitSet[]) => ksbs.some((ksb) => !meets(ksb, taken));
    return question.guarantee === 'any' ? claims.every(misses) : claims.some(misses);
  };
};

/** The share of failing combinations among uniform samples, with its 95 % interval; `null` when there was no time for any. */
export const estimateFailing = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  total: bigint,
  outOfTime: () => boolean,
): CoverageAnswer['estimate'] => {
  const random = seededNumbers(seed);
  const parts = diagrams.map((drawn) => ({
    until: 0,
    ways: drawn.ways[0]?.[0] ?? 0n,
    fails: failTest(question, drawn),
    draw: uniformSampler(drawn.diagram, drawn.ways, random),
  }));
  let sum = 0n;
  for (const part of parts) {
    sum += part.ways;
    part.until = Number((sum << 53n) / total) / 2 ** 53;
  }
  let samples = 0;
  let hits = 0;
  while (samples < wantedSamples) {
    if (samples % looksPerClockLook === 0 && outOfTime()) break;
    const at = random();
    const part = parts.find((one) => at < one.until) ?? parts.at(-1);
    if (!part) break;
    samples += 1;
    if (part.fails(part.draw())) hits += 1;
  }
  return samples === 0 ? null : { share: hits / samples, ...wilsonInterval(hits, samples), samples };
};
