import type { ClaimableKsb } from '#cap/standards';
import type { Bounds, CoverageQuestion, Group, Pathway, RequiredKsb } from './coverage-question.ts';
import { claimedKsbs, type KnownStandards } from './known-standards.ts';
import {
  type Choice,
  type Claim,
  type Coverage,
  claimId,
  type FileBounds,
  type Offer,
  type PathwayRules,
  type Qualification,
  type Unit,
} from './qualification-file.ts';

/** A claim with what it requires made plain: what the question, the result and the pages all speak of. */
export type ClaimRequirement = {
  readonly id: string;
  readonly claim: Claim;
  readonly title: string;
  /** Options of the standard, where the claim names none of them: the core alone is required. */
  readonly unclaimedOptions: number;
  /** Required KSBs in the standard's order: the core's and the option's, less the exclusions. */
  readonly ksbs: readonly ClaimableKsb[];
  /** Codes of those for which part coverage is enough. */
  readonly partIsEnough: ReadonlySet<string>;
};

export const claimRequirements = (
  qualification: Qualification,
  standards: KnownStandards,
): readonly ClaimRequirement[] =>
  qualification.occupations.map((claim) => {
    const standard = standards.find(claim.standard, claim.version);
    if (!standard) throw new Error(`A claim on ${claim.standard} ${claim.version} passed the check unknown`);
    const option = claim.option === undefined ? undefined : standards.findOption(standard, claim.option);
    const excluded = new Set(claim.exclude?.map((one) => one.ksb));
    const partly = new Set(claim.partly?.map((one) => one.ksb));
    return {
      id: claimId(claim),
      claim,
      title: option ? `${standard.title} (${option.title})` : standard.title,
      unclaimedOptions: option ? 0 : standard.options.length,
      ksbs: claimedKsbs(standard, option?.id ?? null).filter((ksb) => !excluded.has(ksb.code)),
      partIsEnough: partly,
    };
  });

/** KSB codes of a standard that a unit covers, by itself or by an outcome: in full, and in part. */
export const unitCoverage = (
  unit: Unit,
  standard: string,
): { readonly full: ReadonlySet<string>; readonly part: ReadonlySet<string> } => {
  const gather = (
    pick: (holder: {
      readonly covers?: Coverage | undefined;
      readonly partly?: Coverage | undefined;
    }) => Coverage | undefined,
  ) => new Set([unit, ...(unit.outcomes ?? [])].flatMap((holder) => pick(holder)?.[standard] ?? []));
  return { full: gather((holder) => holder.covers), part: gather((holder) => holder.partly) };
};

/**
 * The combinatorial question that a qualification file asks, of the whole or of what an offer leaves of it: groups
 * narrow to the units that are offered, pathways that are not offered fall away.
 */
export const poseQuestion = (
  qualification: Qualification,
  requirements: readonly ClaimRequirement[],
  offer: Offer | null,
): CoverageQuestion => {
  const place = new Map(qualification.units.map((unit, index) => [unit.code, index]));
  const at = (code: string): number => place.get(code) ?? -1;
  const offered = offer ? new Set(offer.units) : null;
  const { rules } = qualification;

  const group = (choice: Choice): Group => ({
    from: choice.from.filter((code) => !offered || offered.has(code)).map(at),
    units: boundsOf(choice.units),
    credits: boundsOf(choice.credits),
  });
  const claimPlace = new Map(requirements.map((requirement, index) => [requirement.id, index]));
  const allClaims = requirements.map((_, index) => index);
  const topMandatory = rules ? (rules.mandatory ?? []).map(at) : qualification.units.map((_, index) => index);
  const topGroups = (rules?.choose ?? []).map(group);
  const pathway = (one: PathwayRules | null): Pathway => ({
    name: one?.name ?? null,
    mandatory: [...topMandatory, ...(one?.mandatory ?? []).map(at)],
    groups: [...topGroups, ...(one?.choose ?? []).map(group)],
    claims: one?.occupations?.map((id) => claimPlace.get(id) ?? -1) ?? allClaims,
  });

  return {
    guarantee: qualification.guarantee ?? 'any',
    units: qualification.units.map((unit) => ({ level: unit.level ?? null, credits: unit.credits ?? 0 })),
    pathways: rules?.pathways ? runningPathways(rules.pathways, offer).map(pathway) : [pathway(null)],
    credits: boundsOf(rules?.credits),
    levels: (rules?.levels ?? []).map((level) => ({ level: level.level, credits: boundsOf(level.credits) })),
    barred: (rules?.barred ?? []).map((codes) => codes.map(at)),
    requires: (rules?.requires ?? []).map((rule) => ({ unit: at(rule.unit), needs: rule.needs.map(at) })),
    claims: requirements.map((requirement) => ({ ksbs: requiredCover(qualification, requirement) })),
  };
};

/** The pathways an offer leaves, in the file's order. */
export const runningPathways = (pathways: readonly PathwayRules[], offer: Offer | null): readonly PathwayRules[] =>
  pathways.filter((one) => !offer?.pathways || offer.pathways.includes(one.name));

const boundsOf = (bounds: FileBounds | undefined): Bounds => ({
  min: bounds?.min ?? 0,
  max: bounds?.max ?? Number.POSITIVE_INFINITY,
});

/** The units that cover each required KSB, in the file's order; a unit counts once, however many of its outcomes cover it. */
const requiredCover = (qualification: Qualification, requirement: ClaimRequirement): readonly RequiredKsb[] => {
  const reference = requirement.claim.standard;
  const places = new Map<string, number>();
  const coveredBy: number[][] = [];
  const lastUnit: number[] = [];
  const { ksbs } = requirement;
  for (let place = 0; place < ksbs.length; place += 1) {
    places.set(ksbs[place]?.code ?? '', place);
    coveredBy.push([]);
    lastUnit.push(-1);
  }
  const take = (unit: number, codes: readonly string[] | undefined, part: boolean) => {
    if (codes === undefined) return;
    for (let index = 0; index < codes.length; index += 1) {
      const place = places.get(codes[index] ?? '');
      if (place === undefined || lastUnit[place] === unit) continue;
      if (part && !requirement.partIsEnough.has(codes[index] ?? '')) continue;
      lastUnit[place] = unit;
      coveredBy[place]?.push(unit);
    }
  };
  const { units } = qualification;
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index];
    if (unit === undefined) continue;
    take(index, unit.covers?.[reference], false);
    take(index, unit.partly?.[reference], true);
    if (unit.outcomes === undefined) continue;
    for (const outcome of unit.outcomes) {
      take(index, outcome.covers?.[reference], false);
      take(index, outcome.partly?.[reference], true);
    }
  }
  return coveredBy.map((list) => ({ coveredBy: list }));
};
