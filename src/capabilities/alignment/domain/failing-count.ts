import type { CoverageQuestion } from './coverage-question.ts';
import type { DrawnPathway } from './pathway-cover.ts';
import {
  add,
  emptySet,
  isEmpty,
  isWithin,
  meets,
  membersOf,
  setOf,
  type UnitSet,
  unite,
  wordsFor,
} from './unit-set.ts';

/**
 * Steps that counting may take, over all pathways: about half a second.s work. Above it the share is estimated.
 */
const mostSteps = 3_000_000;
const stepsPerClockLook = 1024;

/**
 * Counts the failing combinations: through the diagram depth first, but never below a state from which all
 * combinations fail (their number is known from the diagram) or none does. See docs/algorithms/coverage.md, "How many
 * fail".
 *
 * @returns `null` where it would take too long.
 */
export const countFailing = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  outOfTime: () => boolean,
): bigint | null => {
  let failing = 0n;
  let stepsLeft = mostSteps;
  for (const drawn of diagrams) {
    const counted = countInPathway(drawn, question.guarantee === 'any', stepsLeft, outOfTime);
    if (!counted) return null;
    failing += counted.failing;
    stepsLeft -= counted.steps;
  }
  return failing;
};

/** A claim's KSBs as items; KSBs that the same units cover are one. */
type Items = {
  /** By claim, the items it consists of. */
  readonly lists: readonly UnitSet[];
  /** By layer, the items that its unit covers. */
  readonly of: readonly UnitSet[];
  /** By layer, the items that no unit from that layer on covers; one more entry for the end. */
  readonly past: readonly UnitSet[];
  readonly words: number;
};

const itemsOf = ({ diagram, covers }: DrawnPathway): Items => {
  const { layout } = diagram;
  const layers = layout.units.length;
  const byKey = new Map<string, { readonly index: number; readonly set: UnitSet }>();
  const claims = covers.map(({ layersOf }) =>
    layersOf.flatMap((set) => {
      if (set === null) return [];
      const key = set.join();
      const item = byKey.get(key) ?? { index: byKey.size, set };
      byKey.set(key, item);
      return [item.index];
    }),
  );
  const words = wordsFor(byKey.size);
  const of = Array.from({ length: layers }, () => emptySet(words));
  const past = Array.from({ length: layers + 1 }, () => emptySet(words));
  for (const { index, set } of byKey.values()) {
    let last = -1;
    for (const layer of membersOf(set)) {
      add(of[layer] ?? emptySet(words), index);
      last = layer;
    }
    for (let layer = last + 1; layer <= layers; layer += 1) add(past[layer] ?? emptySet(words), index);
  }
  return { lists: claims.map((list) => setOf(words, list)), of, past, words };
};

const countInPathway = (
  drawn: DrawnPathway,
  any: boolean,
  stepsLeft: number,
  outOfTime: () => boolean,
): { readonly failing: bigint; readonly steps: number } | null => {
  const { diagram, ways } = drawn;
  const { lists, of, past, words } = itemsOf(drawn);
  const layers = diagram.layout.units.length;
  // Under `any` a claim without a KSB that can be missed is always met, and nothing fails.
  if (any && lists.some(isEmpty)) return { failing: 0n, steps: 0 };

  const missed = emptySet(words);
  /** Whether all combinations from here fail, none does, or some may. */
  const outlook = (layer: number, covered: UnitSet): 'all' | 'none' | 'open' => {
    const gone = past[layer] ?? missed;
    for (let word = 0; word < words; word += 1) missed[word] = (gone[word] ?? 0) & ~(covered[word] ?? 0);
    let missing = 0;
    let met = 0;
    for (const list of lists) {
      if (meets(list, missed)) missing += 1;
      else if (isWithin(list, covered)) met += 1;
    }
    if (any) return met > 0 ? 'none' : missing === lists.length ? 'all' : 'open';
    return missing > 0 ? 'all' : met === lists.length ? 'none' : 'open';
  };

  let failing = 0n;
  let steps = 0;
  const covered = Array.from({ length: layers + 1 }, () => emptySet(words));
  const state = new Int32Array(layers + 1);
  /** 0: skip is to be tried; 1: take is; 2: both were. */
  const phase = new Int8Array(layers + 1);
  let layer = 0;
  const enter = (at: number): boolean => {
    const seen = outlook(at, covered[at] ?? missed);
    if (seen === 'all') failing += ways[at]?.[state[at] ?? 0] ?? 0n;
    return seen === 'open';
  };
  if (!enter(0)) return { failing, steps };
  while (layer >= 0) {
    const round = phase[layer] ?? 0;
    if (round === 2) {
      phase[layer] = 0;
      layer -= 1;
      continue;
    }
    phase[layer] = round + 1;
    const next = (round === 0 ? diagram.skip : diagram.take)[layer]?.[state[layer] ?? 0] ?? -1;
    if (next < 0) continue;
    steps += 1;
    if (steps > stepsLeft || (steps % stepsPerClockLook === 0 && outOfTime())) return null;
    const before = covered[layer] ?? missed;
    const after = covered[layer + 1] ?? missed;
    if (round === 0) after.set(before);
    else unite(before, of[layer] ?? missed, after);
    state[layer + 1] = next;
    if (enter(layer + 1)) layer += 1;
  }
  return { failing, steps };
};
