import type { CoverageQuestion, Pathway } from './coverage-question.ts';

/**
 * Barred units and prerequisites are clauses of propositional logic: "not all of these" is the one that at least one
 * is not taken; "a needs b" that a is not taken or b is. A literal is a unit's position twice over, and one more where
 * the unit is to be taken.
 */
export type Literals = readonly number[];

const taken = (unit: number): number => unit * 2 + 1;
const notTaken = (unit: number): number => unit * 2;
export const unitOf = (literal: number): number => literal >>> 1;
const decisionOf = (literal: number): 0 | 1 => (literal & 1) as 0 | 1;

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
): { readonly value: Int8Array; readonly clauses: readonly Literals[] } | null => {
  const value = new Int8Array(question.units.length).fill(-1);
  for (const group of pathway.groups) for (const unit of group.from) value[unit] = 0;
  for (const unit of pathway.mandatory) value[unit] = 1;
  let open = openClauses(question, value);
  for (let again = true; again; ) {
    again = false;
    const next: Literals[] = [];
    for (const clause of open) {
      const free = freeLiterals(clause, value);
      if (free === null) continue;
      const [only] = free;
      if (only === undefined) return null;
      if (free.length === 1) {
        value[unitOf(only)] = decisionOf(only) === 1 ? 1 : -1;
        again = true;
      } else next.push(free);
    }
    open = next;
  }
  return { value, clauses: open };
};

/** The rules' clauses, without those that the pathway's units satisfy from the start: with pathways, most of them. */
const openClauses = (question: CoverageQuestion, value: Int8Array): readonly Literals[] => {
  const clauses: Literals[] = [];
  for (const units of question.barred) if (!units.some((unit) => value[unit] === -1)) clauses.push(units.map(notTaken));
  for (const { unit, needs } of question.requires) {
    if (value[unit] === -1) continue;
    // "a needs a" holds always.
    for (const need of needs) if (need !== unit && value[need] !== 1) clauses.push([notTaken(unit), taken(need)]);
  }
  return clauses;
};

/** `null`: the clause is satisfied. */
const freeLiterals = (clause: Literals, value: Int8Array): Literals | null => {
  const free: number[] = [];
  for (const literal of clause) {
    const settled = value[unitOf(literal)];
    if (settled === 0) free.push(literal);
    else if (settled === (decisionOf(literal) === 1 ? 1 : -1)) return null;
  }
  return free;
};

/** Bits of state in one word: as many as stay positive in 32-bit arithmetic. */
export const bitsPerWord = 31;

const untouched: readonly Clause[] = [];

/** Gives each clause a bit of state from its first layer to its last; bits are used again once a clause is closed. */
export const addClauses = (
  clauses: readonly Literals[],
  layerOf: Int32Array,
  layers: number,
): { readonly touches: readonly (readonly Clause[])[]; readonly clauseBits: number; readonly clauseWords: number } => {
  const touches: (readonly Clause[])[] = new Array(layers).fill(untouched);
  if (clauses.length === 0) return { touches, clauseBits: 0, clauseWords: 0 };
  const layerOfLiteral = (literal: number): number => layerOf[unitOf(literal)] ?? -1;
  const spans = clauses
    .map((clause) => {
      const literals = [...clause].sort((one, other) => layerOfLiteral(one) - layerOfLiteral(other));
      const layersOf = literals.map(layerOfLiteral);
      return { literals, first: layersOf[0] ?? 0, last: layersOf.at(-1) ?? 0 };
    })
    .sort((one, other) => one.first - other.first);
  const busyUntil: number[] = [];
  for (const { literals, first, last } of spans) {
    let slot = busyUntil.findIndex((until) => until < first);
    if (slot === -1) slot = busyUntil.length;
    busyUntil[slot] = last;
    literals.forEach((literal, index) => {
      const layer = layerOfLiteral(literal);
      const touch = {
        word: Math.floor(slot / bitsPerWord),
        bit: 1 << (slot % bitsPerWord),
        satisfiedBy: decisionOf(literal),
        first: index === 0,
        last: index === literals.length - 1,
      };
      touches[layer] = [...(touches[layer] ?? untouched), touch];
    });
  }
  return { touches, clauseBits: busyUntil.length, clauseWords: Math.ceil(busyUntil.length / bitsPerWord) };
};
