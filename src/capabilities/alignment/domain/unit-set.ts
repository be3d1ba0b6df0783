/**
 * Sets of small whole numbers as bits of 32-bit words. The engine asks "is this within that" millions of times,
 * and `Set` would allocate for each answer.
 */
export type UnitSet = Int32Array;

export const wordsFor = (size: number): number => Math.max(1, (size + 31) >>> 5);

export const emptySet = (words: number): UnitSet => new Int32Array(words);

export const setOf = (words: number, members: readonly number[]): UnitSet => {
  const set = emptySet(words);
  for (const member of members) add(set, member);
  return set;
};

export const add = (set: UnitSet, member: number): void => {
  const word = member >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (member & 31));
};

export const has = (set: UnitSet, member: number): boolean => (((set[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;

export const isWithin = (inner: UnitSet, outer: UnitSet): boolean => {
  for (let word = 0; word < inner.length; word += 1) if ((inner[word] ?? 0) & ~(outer[word] ?? 0)) return false;
  return true;
};

export const meets = (one: UnitSet, other: UnitSet): boolean => {
  for (let word = 0; word < one.length; word += 1) if ((one[word] ?? 0) & (other[word] ?? 0)) return true;
  return false;
};

export const isEmpty = (set: UnitSet): boolean => {
  for (let word = 0; word < set.length; word += 1) if (set[word] !== 0) return false;
  return true;
};

/** `into` becomes the union of both. */
export const unite = (one: UnitSet, other: UnitSet, into: UnitSet): void => {
  for (let word = 0; word < into.length; word += 1) into[word] = (one[word] ?? 0) | (other[word] ?? 0);
};

/** Bits set in a 32-bit word (Hacker's Delight, 5-1). */
export const bitCount = (word: number): number => {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

export const sizeOf = (set: UnitSet): number => {
  let size = 0;
  for (let word = 0; word < set.length; word += 1) size += bitCount(set[word] ?? 0);
  return size;
};

/** Members that both have. */
export const sharedSize = (one: UnitSet, other: UnitSet): number => {
  let size = 0;
  for (let word = 0; word < one.length; word += 1) size += bitCount((one[word] ?? 0) & (other[word] ?? 0));
  return size;
};

export const membersOf = (set: UnitSet): number[] => {
  const members: number[] = [];
  for (let word = 0; word < set.length; word += 1)
    for (let rest = set[word] ?? 0; rest !== 0; rest &= rest - 1)
      members.push((word << 5) + 31 - Math.clz32(rest & -rest));
  return members;
};

/** Distinct sets of which none lies within another: where one must be avoided whole, its supersets add nothing. */
export const smallestOf = (sets: readonly UnitSet[]): readonly UnitSet[] => {
  const sized = sets.map((set) => ({ set, size: sizeOf(set) })).sort((one, other) => one.size - other.size);
  const kept: UnitSet[] = [];
  for (const { set } of sized) if (!kept.some((smaller) => isWithin(smaller, set))) kept.push(set);
  return kept;
};
