/**
 * The combinatorial question behind a qualification file, with everything that is words left out:
 * units are positions in the file's `units` list, KSBs are positions in their claim's list.
 * `qualification-file.ts` checks a file and `pose-question.ts` turns it into one of these;
 * `coverage.ts` answers it. Nothing here can be malformed: every index is in range, every list is
 * free of duplicates, within one pathway no unit stands both in `mandatory` and in a group or in two groups.
 */

/** Inclusive whole-number bounds; `max` is `Infinity` where the file gives none. */
export type Bounds = { readonly min: number; readonly max: number };

/** "Choose from": a subset of `from` whose number of units and whose credits lie within both bounds. */
export type Group = { readonly from: readonly number[]; readonly units: Bounds; readonly credits: Bounds };

export type Pathway = {
  /** `null` stands for the one nameless pathway of a qualification that has no pathways. */
  readonly name: string | null;
  /** Top-level mandatory units and this pathway's own. */
  readonly mandatory: readonly number[];
  /** Top-level groups first, then this pathway's own. */
  readonly groups: readonly Group[];
  /** Positions of the claims that this pathway's combinations answer to; never empty. */
  readonly claims: readonly number[];
};

export type QuestionUnit = { readonly level: number | null; readonly credits: number };

/** A required KSB: the units that cover it for this claim, part coverage counted where the claim accepts it. */
export type RequiredKsb = { readonly coveredBy: readonly number[] };

export type QuestionClaim = { readonly ksbs: readonly RequiredKsb[] };

export type CoverageQuestion = {
  /** What a combination must reach: at least one of the claims it answers to, or all of them. */
  readonly guarantee: 'any' | 'each';
  readonly units: readonly QuestionUnit[];
  /** At least one. */
  readonly pathways: readonly Pathway[];
  /** Credits of the whole combination. */
  readonly credits: Bounds;
  /** Credits of the combination's units at one level. */
  readonly levels: readonly { readonly level: number; readonly credits: Bounds }[];
  /** No combination holds all the units of one of these lists; each has at least one unit. */
  readonly barred: readonly (readonly number[])[];
  /** A combination that holds `unit` holds all of `needs`. */
  readonly requires: readonly { readonly unit: number; readonly needs: readonly number[] }[];
  /** At least one, each with at least one KSB. */
  readonly claims: readonly QuestionClaim[];
};

/** A permitted choice: the pathway's position and its units' positions, ascending, mandatory ones included. */
export type Combination = { readonly pathway: number; readonly units: readonly number[] };

/** Per claim, over the combinations of the pathways that answer to it. */
export type ClaimAnswer = {
  /** Some combination covers all of it; `null` when the time ended first. */
  readonly reached: boolean | null;
  /** Every combination covers all of it. */
  readonly onEveryCombination: boolean | null;
  /** The fewest required KSBs that a combination covers, and the first combination that does; `null` without a combination or in time. */
  readonly worst: {
    readonly covered: number;
    readonly combination: Combination;
    readonly missing: readonly number[];
  } | null;
  /** Positions of KSBs covered on every, on some but not every, and on no combination; `null` when the time ended first. */
  readonly always: readonly number[] | null;
  readonly sometimes: readonly number[] | null;
  readonly never: readonly number[] | null;
};

/** A failing combination, and per claim it answers to the KSBs it misses (claims without a miss are left out). */
export type Failing = {
  readonly combination: Combination;
  readonly missing: readonly { readonly claim: number; readonly ksbs: readonly number[] }[];
};

export type CoverageAnswer = {
  readonly verdict: 'proved' | 'refuted' | 'no-combinations' | 'unsettled';
  /** Exact; `null` in a verdict-only answer or when the time ended first. `pathways` follows the question's order. */
  readonly total: bigint | null;
  readonly totalByPathway: readonly (bigint | null)[];
  /** 0n when every combination holds; exact where it is cheap; else `null`. */
  readonly failing: bigint | null;
  /** Where `failing` is null and the total is known: the share of uniform samples that fail, with its 95 % interval. */
  readonly estimate: {
    readonly share: number;
    readonly low: number;
    readonly high: number;
    readonly samples: number;
  } | null;
  /** Empty in a verdict-only answer and where there are no combinations. */
  readonly claims: readonly ClaimAnswer[];
  readonly counterexample: Failing | null;
  /** Positions of the claims that no combination covers. */
  readonly unreached: readonly number[];
  /** `null` in a verdict-only answer or when the time ended first. */
  readonly unitsInEvery: readonly number[] | null;
  readonly unitsInNone: readonly number[] | null;
  /**
   * Which of the above the time limit left null, as the result file names them (`combinations.total`,
   * `occupations[0].worst`). `counterexample` stands here with a value too: it fails, but whether it misses the most is
   * open; `unreached`, where claims may be missing from it.
   */
  readonly unsettled: readonly string[];
};

/** What bounds the work. The clock is the caller's: the domain has none of its own. */
export type Effort = {
  readonly report: 'verdict' | 'full';
  /** Share of the time that is gone: 0 at the start, 1 and more once it is up. Asked often, so it must be cheap. */
  readonly spent: () => number;
};
