import type { Referred } from '#kernel/reference.ts';
import clawback from '../../../../data/clawback.json' with { type: 'json' };
import steps from '../../../../data/delivery-steps.json' with { type: 'json' };
import byRoute from '../../../../data/delivery-steps-by-route.json' with { type: 'json' };
import funding from '../../../../data/funding-rules.json' with { type: 'json' };
import curve from '../../../../data/recruitment-curve.json' with { type: 'json' };
import waysIn from '../../../../data/ways-in.json' with { type: 'json' };
import { type DeliverySteps, deliveryStepsFile, stepsOn } from '../domain/delivery-steps.ts';
import { type FundingRules, fundingRulesFile } from '../domain/funding.ts';
import { type ClawbackRule, clawbackFile } from '../domain/recruitment.ts';
import { type RecruitmentCurve, recruitmentCurveFile } from '../domain/recruitment-curve.ts';
import {
  differencesFor,
  type PlannedFor,
  routeStepsFile,
  type StepDifference,
  withDifferences,
} from '../domain/route-steps.ts';
import { type WaysInKinds, waysInFile } from '../domain/ways-in.ts';
import { fundingRulePath } from '../paths.ts';

const { editions } = deliveryStepsFile.parse(steps);
const rules = clawbackFile.parse(clawback);

/** What getting ready takes, as known on a day. */
export const deliveryStepsAt = (day: string): DeliverySteps => stepsOn(editions, day);

const { editions: routeEditions } = routeStepsFile.parse(byRoute);

const differencesAt = (day: string): readonly StepDifference[] => {
  const sorted = routeEditions.toSorted((one, other) => one.from.localeCompare(other.from));
  return (sorted.findLast((one) => one.from <= day) ?? sorted[0])?.differences ?? [];
};

/** What getting ready for one qualification takes, by its route and level. */
export const deliveryStepsFor = (day: string, planned: PlannedFor): DeliverySteps =>
  withDifferences(deliveryStepsAt(day), differencesFor(differencesAt(day), planned));

/** Where that differs from the common steps, and why. */
export const stepDifferences = (day: string, planned: PlannedFor): readonly StepDifference[] =>
  differencesFor(differencesAt(day), planned);

/** From where people come to an HTQ. */
export const waysInKinds: WaysInKinds = waysInFile.parse(waysIn);

export const fundingRules: FundingRules = fundingRulesFile.parse(funding);

/** What a fund takes back: the newest rule that is known. */
export const clawbackRule: ClawbackRule = rules.editions
  .toSorted((one, other) => one.from.localeCompare(other.from))
  .at(-1) as ClawbackRule;

/** How far recruitment has come by a week: the newest assumption. */
export const recruitmentCurve: RecruitmentCurve = recruitmentCurveFile
  .parse(curve)
  .editions.toSorted((one, other) => one.from.localeCompare(other.from))
  .at(-1) as RecruitmentCurve;

/** What other capabilities call a rule of funding that they point at. */
export const fundingRuleKind = 'funding-rule';

/** A rule of funding, for whoever points at it. */
export const referredFundingRule = (id: string): Referred | null => {
  const title =
    id === 'clawback' ? 'What a fund takes back' : (fundingRules.routes.find((one) => one.id === id)?.title ?? null);
  return title === null ? null : { title, href: fundingRulePath(id) };
};
