import type { CoverageQuestion, Pathway } from './coverage-question.ts';

/**
 * Barred units and prerequisites are clauses of propositional logic: "not all of these" is the one that at least one
 * is not taken; "a needs b" that a is not taken or b is.
 */
type Literal = { readonly unit: number; readonly positive: boolean };

/** A clause as one layer's decision meets it. */
export type Clause = {
  /** Where "nothing has satisfied it yet" is kept while the clause is open: word and bit of the walk's state. */
  readonly word: number;
  readonly bit: number;
  /** The decision that satisfies it. */
  readonly satisfiedBy: 0 | 1;
  readonly first: boolean;
  readonly last: boolean;
};

/**
 * Works out which units a pathway's rules settle: 1 in every combination, -1 in none, 0 free; and the clauses over
 * free units that are left.
 *
 * @returns `null` when the clauses cannot all hold.
 */
export const settleUnits = (
  question: CoverageQuestion,
  pathway: Pathway,
): { readonly value: Int8Array; readonly clauses: readonly (readonly Literal[])[] } | null => {
  const value = new Int8Array(question.units.length).fill(-1);
  for (const group of pathway.groups) for (const unit of group.from) value[unit] = 0;
  for (const unit of pathway.mandatory) value[unit] = 1;
  let open: readonly (readonly Literal[])[] = [
    ...question.barred.map((units) => units.map((unit) => ({ unit, positive: false }))),
    ...question.requires.flatMap(({ unit, needs }) =>
      needs.map((need) => [
        { unit, positive: false },
        { unit: need, positive: true },
      ]),
    ),
  ];
  for (let again = true; again; ) {
    again = false;
    const next: (readonly Literal[])[] = [];
    for (const clause of open) {
      if (clause.some((literal) => value[literal.unit] === (literal.positive ? 1 : -1))) continue;
      const free = clause.filter((literal) => value[literal.unit] === 0);
      const [only] = free;
      if (!only) return null;
      if (free.length === 1) {
        value[only.unit] = only.positive ? 1 : -1;
        again = true;
      } else next.push(free);
    }
    open = next;
  }
  // "a needs a" holds always.
  return { value, clauses: open.filter((clause) => !isAlwaysTrue(clause)) };
};

const isAlwaysTrue = (clause: readonly Literal[]): boolean =>
  clause.some((one) => one.positive && clause.some((other) => !other.positive && other.unit === one.unit));

/** Bits of state in one word: as many as stay positive in 32-bit arithmetic. */
export const bitsPerWord = 31;

/** Gives each clause a bit of state from its first layer to its last; bits are used again once a clause is closed. */
export const addClauses = (
  clauses: readonly (readonly Literal[])[],
  layerOf: Int32Array,
  layers: number,
): { readonly touches: readonly (readonly Clause[])[]; readonly clauseBits: number; readonly clauseWords: number } => {
  const touches: Clause[][] = Array.from({ length: layers }, () => []);
  const spans = clauses
    .map((clause) => {
      const literals = clause
        .map((literal) => ({
          layer: layerOf[literal.unit] ?? -1,
          satisfiedBy: literal.positive ? (1 as const) : (0 as const),
        }))
        .sort((one, other) => one.layer - other.layer);
      return { literals, first: literals[0]?.layer ?? 0, last: literals.at(-1)?.layer ?? 0 };
    })
    .sort((one, other) => one.first - other.first);
  const busyUntil: number[] = [];
  for (const { literals, first, last } of spans) {
    let slot = busyUntil.findIndex((until) => until < first);
    if (slot === -1) slot = busyUntil.length;
    busyUntil[slot] = last;
    literals.forEach(({ layer, satisfiedBy }, index) => {
      touches[layer]?.push({
        word: Math.floor(slot / bitsPerWord),
        bit: 1 << (slot % bitsPerWord),
        satisfiedBy,
        first: index === 0,
        last: index === literals.length - 1,
      });
    });
  }
  return { touches, clauseBits: busyUntil.length, clauseWords: Math.ceil(busyUntil.length / bitsPerWord) };
};
