import type { ApprovalCriteria } from './approval-criteria.ts';
import type { CoverageQuestion } from './coverage-question.ts';
import type { KnownStandards } from './known-standards.ts';
import type { ClaimRequirement } from './pose-question.ts';
import type { Offer, Qualification } from './qualification-file.ts';

/** Neither an error nor the verdict: what whoever decides on approval is likely to ask about. */
export type Advice = {
  readonly code:
    | 'level-4-on-level-5'
    | 'standard-level'
    | 'standard-not-approved'
    | 'standard-retired'
    | 'newer-version'
    | 'title-says-htq'
    | 'part-not-accepted'
    | 'dead-unit'
    | 'single-optional-unit';
  readonly path: string;
  readonly message: string;
};

/**
 * Advice from the approval criteria, which are dated data with their sources (`data/approval-criteria.json`).
 *
 * @param deadUnits positions of units that are in no combination; `null` where that is not known.
 */
export const adviceOn = (
  criteria: ApprovalCriteria,
  qualification: Qualification,
  standards: KnownStandards,
  requirements: readonly ClaimRequirement[],
  question: CoverageQuestion,
  offer: Offer | null,
  deadUnits: readonly number[] | null,
): readonly Advice[] => [
  ...titleAdvice(criteria, qualification),
  ...qualification.occupations.flatMap((_, index) => claimAdvice(criteria, qualification, standards, index)),
  ...deadUnitAdvice(qualification, offer, deadUnits),
  ...singleUnitAdvice(qualification, requirements, question),
];

const titleAdvice = (criteria: ApprovalCriteria, qualification: Qualification): readonly Advice[] => {
  const words = (text: string) => ` ${text.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ')} `;
  const held = criteria.titleMustNotHold.find((phrase) => {
    const plain = words(phrase).trimEnd();
    return words(qualification.title).includes(`${plain} `) || words(qualification.title).includes(`${plain}s `);
  });
  return held
    ? [
        {
          code: 'title-says-htq',
          path: 'title',
          message: `The title holds "${held}", which a title must not: that it is a Higher Technical Qualification is said beside it.`,
        },
      ]
    : [];
};

const claimAdvice = (
  criteria: ApprovalCriteria,
  qualification: Qualification,
  standards: KnownStandards,
  index: number,
): readonly Advice[] => {
  const claim = qualification.occupations[index];
  const standard = claim && standards.find(claim.standard, claim.version);
  if (!claim || !standard) return [];
  const path = `occupations[${index}]`;
  const name = `${standard.reference} ${standard.title}`;
  const advice: Advice[] = [];
  if (standard.level === null || !criteria.standardLevels.includes(standard.level))
    advice.push({
      code: 'standard-level',
      path: `${path}.standard`,
      message: `${name} is ${standard.level === null ? 'of no stated level' : `at level ${standard.level}`}: only standards at level ${criteria.standardLevels.join(' or ')} can be met by a Higher Technical Qualification.`,
    });
  else if (
    criteria.askFirst.some(
      (one) => one.qualificationLevel === qualification.level && one.standardLevel === standard.level,
    )
  )
    advice.push({
      code: 'level-4-on-level-5',
      path: `${path}.standard`,
      message: `This is a Level ${qualification.level} qualification on a Level ${standard.level} standard (${name}): ask whoever approves before you apply.`,
    });
  if (standard.status !== null && /retired|withdrawn/i.test(standard.status))
    advice.push({
      code: 'standard-retired',
      path: `${path}.version`,
      message: `${name} version ${standard.version} is "${standard.status}".`,
    });
  else if (standard.status !== criteria.approvedStatus)
    advice.push({
      code: 'standard-not-approved',
      path: `${path}.version`,
      message: `${name} version ${standard.version} is ${standard.status ? `"${standard.status}"` : 'of no stated status'}, not approved for delivery.`,
    });
  const newest = newestVersion(standards.versionsOf(standard.reference));
  if (newest !== null && compareVersions(newest, standard.version) > 0)
    advice.push({
      code: 'newer-version',
      path: `${path}.version`,
      message: `${name} is known in version ${newest}, newer than the ${standard.version} claimed here.`,
    });
  claim.partly?.forEach((one, place) => {
    if (!one.acceptedBy?.trim())
      advice.push({
        code: 'part-not-accepted',
        path: `${path}.partly[${place}]`,
        message: `Part coverage of ${one.ksb} of ${standard.reference} is counted as enough, but nobody is named who accepted it.`,
      });
  });
  return advice;
};

const newestVersion = (versions: readonly string[]): string | null =>
  versions.reduce<string | null>(
    (newest, one) => (newest === null || compareVersions(one, newest) > 0 ? one : newest),
    null,
  );

/** `1.10` comes after `1.9`. */
const compareVersions = (one: string, other: string): number => {
  const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(one), parts(other)];
  for (let place = 0; place < Math.max(left.length, right.length); place += 1) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const deadUnitAdvice = (
  qualification: Qualification,
  offer: Offer | null,
  deadUnits: readonly number[] | null,
): readonly Advice[] =>
  (deadUnits ?? []).flatMap((unit) => {
    const one = qualification.units[unit];
    if (!one || (offer && !offer.units.includes(one.code))) return [];
    return [
      {
        code: 'dead-unit' as const,
        path: `units[${unit}]`,
        message: `${one.code} ${one.title} is in no combination: no learner can take it.`,
      },
    ];
  });

/** A KSB that hangs on one optional unit is lost with it: where the unit does not run, nobody covers it. */
const singleUnitAdvice = (
  qualification: Qualification,
  requirements: readonly ClaimRequirement[],
  question: CoverageQuestion,
): readonly Advice[] => {
  const mandatory = new Set(question.pathways.flatMap((pathway) => pathway.mandatory));
  // Only what runs counts: an offer may have left units out.
  const running = new Set([
    ...mandatory,
    ...question.pathways.flatMap((pathway) => pathway.groups.flatMap((group) => group.from)),
  ]);
  return requirements.flatMap((requirement, claim) => {
    const byUnit = new Map<number, string[]>();
    requirement.ksbs.forEach((ksb, index) => {
      const only = onlyRunning(question.claims[claim]?.ksbs[index]?.coveredBy ?? [], running);
      if (only === null || mandatory.has(only)) return;
      byUnit.set(only, [...(byUnit.get(only) ?? []), ksb.code]);
    });
    return [...byUnit].map(([unit, ksbs]) => ({
      code: 'single-optional-unit' as const,
      path: `units[${unit}]`,
      message: `${ksbs.join(', ')} of ${requirement.id} ${ksbs.length === 1 ? 'is' : 'are'} covered by one optional unit alone: ${qualification.units[unit]?.code} ${qualification.units[unit]?.title}.`,
    }));
  });
};

/** The one unit among them that runs; `null` where none does, or more than one. */
const onlyRunning = (units: readonly number[], running: ReadonlySet<number>): number | null => {
  let only: number | null = null;
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index] ?? -1;
    if (!running.has(unit)) continue;
    if (only !== null) return null;
    only = unit;
  }
  return only;
};
