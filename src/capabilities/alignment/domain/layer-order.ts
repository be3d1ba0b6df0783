import { type Literals, unitOf } from './clauses.ts';

/** A search without a diagram remembers dead states alone: up to so many clauses their order is no matter to it. */
const fewClauses = 16;

/**
 * The order of the layers within their groups. An order is as right as any other; what it decides is how many states
 * a diagram has, which doubles with each clause that is open at one time, and how soon the search for the worst
 * combination meets good candidates. So units that a rule ties together stand together: those tied to an earlier
 * group first, those tied to a later one last; and of the rest those that cover little come first.
 *
 * @param groups by group, its units. @param weight by unit, how much it covers; `null` where that does not matter.
 */
export const orderLayers = (
  groups: readonly (readonly number[])[],
  clauses: readonly Literals[],
  weight: Int32Array | null,
): readonly (readonly number[])[] => {
  if (!weight && clauses.length <= fewClauses) return groups;
  const weightOf = (unit: number): number => weight?.[unit] ?? 0;
  const groupOf = new Map(groups.flatMap((units, index) => units.map((unit) => [unit, index] as const)));
  const knots = findKnots(clauses, groupOf);
  const places = groups.map((units, index) =>
    units.map((unit) => {
      const knot = knots.get(unit);
      return {
        unit,
        // A knot that reaches both ways is kept open over the whole group whatever its order.
        part: knot === undefined || knot.firstGroup === knot.lastGroup ? 1 : knot.lastGroup > index ? 2 : 0,
        weight: knot
          ? knot.units.reduce((least, one) => Math.min(least, weightOf(one)), weightOf(unit))
          : weightOf(unit),
        knot: knot?.number ?? -1,
        rank: knot ? knot.units.indexOf(unit) : unit,
      };
    }),
  );
  return places.map((group) =>
    group
      .toSorted(
        (one, other) =>
          one.part - other.part || one.weight - other.weight || one.knot - other.knot || one.rank - other.rank,
      )
      .map(({ unit }) => unit),
  );
};

/** Units that rules tie together, directly or by others between them, in breadth-first order from a loose end. */
type Knot = {
  readonly number: number;
  readonly units: readonly number[];
  readonly firstGroup: number;
  readonly lastGroup: number;
};

const findKnots = (clauses: readonly Literals[], groupOf: ReadonlyMap<number, number>): ReadonlyMap<number, Knot> => {
  const clausesOf = new Map<number, Literals[]>();
  for (const clause of clauses)
    for (const literal of clause) {
      const unit = unitOf(literal);
      const own = clausesOf.get(unit);
      if (own) own.push(clause);
      else clausesOf.set(unit, [clause]);
    }
  const byDegree = [...clausesOf].sort(([, one], [, other]) => one.length - other.length);
  const knots = new Map<number, Knot>();
  const seen = new Set<number>();
  let number = 0;
  for (const [start] of byDegree) {
    if (seen.has(start)) continue;
    const units = [start];
    seen.add(start);
    // The list grows while it is walked.
    for (const unit of units)
      for (const clause of clausesOf.get(unit) ?? [])
        for (const literal of clause) {
          const other = unitOf(literal);
          if (seen.has(other)) continue;
          seen.add(other);
          units.push(other);
        }
    const inGroups = units.map((unit) => groupOf.get(unit) ?? 0);
    const knot = { number, units, firstGroup: Math.min(...inGroups), lastGroup: Math.max(...inGroups) };
    number += 1;
    for (const unit of units) knots.set(unit, knot);
  }
  return knots;
};
