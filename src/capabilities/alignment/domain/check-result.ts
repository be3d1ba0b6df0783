import type { Advice } from './advice.ts';
import type { ClaimAnswer, Combination, CoverageAnswer, CoverageQuestion } from './coverage-question.ts';
import type { ClaimRequirement } from './pose-question.ts';
import type { Offer, Qualification } from './qualification-file.ts';

/** A permitted combination in the file's own words. */
export type NamedCombination = { readonly pathway: string | null; readonly units: readonly string[] };

/** What comes back from a check, as `htq check --json` prints it. `null` where the time ended first; see `unsettled`. */
export type CheckResult = {
  readonly verdict: CoverageAnswer['verdict'];
  readonly guarantee: 'any' | 'each';
  readonly combinations: {
    /** Decimal string: it outgrows a double. */
    readonly total: string | null;
    readonly pathways: readonly { readonly name: string; readonly total: string | null }[];
    readonly failing: string | null;
    readonly estimate: CoverageAnswer['estimate'];
  };
  readonly occupations: readonly OccupationResult[];
  readonly units: {
    readonly inEveryCombination: readonly string[] | null;
    readonly inNoCombination: readonly string[] | null;
  };
  readonly counterexample:
    | (NamedCombination & { readonly missing: Readonly<Record<string, readonly string[]>> })
    | null;
  readonly unreached: readonly string[];
  readonly advice: readonly Advice[];
  readonly repairs: readonly never[];
  readonly unsettled: readonly string[];
};

export type OccupationResult = {
  readonly id: string;
  readonly standard: string;
  readonly version: string;
  readonly option: string | null;
  /** SHA-256 over the required KSBs' wording: it can change without a version. */
  readonly wording: string;
  readonly required: number;
  readonly reached: boolean | null;
  readonly onEveryCombination: boolean | null;
  readonly worst: number | null;
  readonly worstCombination: (NamedCombination & { readonly missing: readonly string[] }) | null;
  readonly always: readonly string[] | null;
  readonly sometimes: readonly string[] | null;
  readonly never: readonly string[] | null;
};

/** What is hashed as the wording of a claim: code, tab, text of each required KSB, a line each, in the standard's order. */
export const wordingOf = (requirement: ClaimRequirement): string =>
  requirement.ksbs.map((ksb) => `${ksb.code}\t${ksb.text}\n`).join('');

/** Puts the answer back into the file's own codes and names. */
export const checkResult = (
  asked: {
    readonly qualification: Qualification;
    readonly requirements: readonly ClaimRequirement[];
    readonly question: CoverageQuestion;
    readonly offer: Offer | null;
  },
  answer: CoverageAnswer,
  advice: readonly Advice[],
  hash: (text: string) => string,
): CheckResult => {
  const { qualification, requirements, question, offer } = asked;
  const code = (unit: number): string => qualification.units[unit]?.code ?? '';
  const codes = (units: readonly number[] | null) => units?.map(code) ?? null;
  const named = (combination: Combination): NamedCombination => ({
    pathway: question.pathways[combination.pathway]?.name ?? null,
    units: combination.units.map(code),
  });
  const ksbCodes = (claim: number, ksbs: readonly number[]) =>
    ksbs.map((ksb) => requirements[claim]?.ksbs[ksb]?.code ?? '');
  const offered = offer ? new Set(offer.units) : null;
  const claimId = (claim: number): string => requirements[claim]?.id ?? '';

  const occupation = (claim: ClaimAnswer, index: number): readonly OccupationResult[] => {
    const requirement = requirements[index];
    if (!requirement) return [];
    const listed = (ksbs: readonly number[] | null) => (ksbs ? ksbCodes(index, ksbs) : null);
    return [
      {
        id: requirement.id,
        standard: requirement.claim.standard,
        version: requirement.claim.version,
        option: requirement.claim.option ?? null,
        wording: hash(wordingOf(requirement)),
        required: requirement.ksbs.length,
        reached: claim.reached,
        onEveryCombination: claim.onEveryCombination,
        worst: claim.worst?.covered ?? null,
        worstCombination: claim.worst
          ? { ...named(claim.worst.combination), missing: ksbCodes(index, claim.worst.missing) }
          : null,
        always: listed(claim.always),
        sometimes: listed(claim.sometimes),
        never: listed(claim.never),
      },
    ];
  };

  return {
    verdict: answer.verdict,
    guarantee: question.guarantee,
    combinations: {
      total: answer.total?.toString() ?? null,
      pathways: question.pathways.flatMap((pathway, index) =>
        pathway.name === null || answer.totalByPathway.length === 0
          ? []
          : [{ name: pathway.name, total: answer.totalByPathway[index]?.toString() ?? null }],
      ),
      failing: answer.failing?.toString() ?? null,
      estimate: answer.estimate,
    },
    occupations: answer.claims.flatMap(occupation),
    units: {
      inEveryCombination: codes(answer.unitsInEvery),
      // What an offer leaves out is not dead: it is not offered.
      inNoCombination: codes(answer.unitsInNone?.filter((unit) => !offered || offered.has(code(unit))) ?? null),
    },
    counterexample: answer.counterexample
      ? {
          ...named(answer.counterexample.combination),
          missing: Object.fromEntries(
            answer.counterexample.missing.map((one) => [claimId(one.claim), ksbCodes(one.claim, one.ksbs)]),
          ),
        }
      : null,
    unreached: answer.unreached.map(claimId),
    advice,
    repairs: [],
    unsettled: answer.unsettled,
  };
};
