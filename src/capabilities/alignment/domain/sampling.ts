import type { Diagram, Ways } from './diagram.ts';

/**
 * Numbers in [0, 1) that are the same on every run: mulberry32 (T. Ettinger, public domain), seeded with a constant,
 * so that the same file gives the same estimate.
 */
export const seededNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Precision in which the share of one big number in another is taken: that of a double. */
const shareBits = 53n;

const shareOf = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part << shareBits) / whole) / 2 ** Number(shareBits);

/** A function that draws permitted combinations, as the layers they take, each with the same chance. */
export const uniformSampler = (diagram: Diagram, ways: Ways, random: () => number): (() => readonly number[]) => {
  /** By layer and state; worked out when a sample first gets there, since most never do. */
  const shares = diagram.take.map((takes) => new Float64Array(takes.length).fill(Number.NaN));
  const takeShare = (layer: number, state: number, take: number): number => {
    const known = shares[layer]?.[state] ?? 0;
    if (!Number.isNaN(known)) return known;
    const share = shareOf(ways[layer + 1]?.[take] ?? 0n, ways[layer]?.[state] ?? 0n);
    shares[layer]?.fill(share, state, state + 1);
    return share;
  };
  return () => {
    const layers: number[] = [];
    let state = 0;
    for (let layer = 0; layer < shares.length; layer += 1) {
      const take = diagram.take[layer]?.[state] ?? -1;
      const skip = diagram.skip[layer]?.[state] ?? -1;
      if (take >= 0 && (skip < 0 || random() < takeShare(layer, state, take))) {
        layers.push(layer);
        state = take;
      } else state = skip;
    }
    return layers;
  };
};

/** The score interval of Wilson (1927): for a share seen in so many samples, the range that holds the true one 95 times in 100. */
export const wilsonInterval = (hits: number, samples: number): { readonly low: number; readonly high: number } => {
  const z = 1.959963984540054;
  const share = hits / samples;
  const scale = 1 + z ** 2 / samples;
  const middle = (share + z ** 2 / (2 * samples)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / samples + z ** 2 / (4 * samples ** 2));
  // At the ends the formula gives 0 and 1 but for rounding.
  return { low: hits === 0 ? 0 : middle - half, high: hits === samples ? 1 : middle + half };
};
