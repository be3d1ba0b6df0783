import type { Referred } from '#kernel/reference.ts';
import clawback from '../../../../data/clawback.json' with { type: 'json' };
import steps from '../../../../data/delivery-steps.json' with { type: 'json' };
import funding from '../../../../data/funding-rules.json' with { type: 'json' };
import waysIn from '../../../../data/ways-in.json' with { type: 'json' };
import { type DeliverySteps, deliveryStepsFile, stepsOn } from '../domain/delivery-steps.ts';
import { type FundingRules, fundingRulesFile } from '../domain/funding.ts';
import { type ClawbackRule, clawbackFile } from '../domain/recruitment.ts';
import { type WaysInKinds, waysInFile } from '../domain/ways-in.ts';
import { fundingRulePath } from '../paths.ts';

const { editions } = deliveryStepsFile.parse(steps);
const rules = clawbackFile.parse(clawback);

/** What getting ready takes, as known on a day. */
export const deliveryStepsAt = (day: string): DeliverySteps => stepsOn(editions, day);

/** From where people come to an HTQ. */
export const waysInKinds: WaysInKinds = waysInFile.parse(waysIn);

export const fundingRules: FundingRules = fundingRulesFile.parse(funding);

/** What a fund takes back: the newest rule that is known. */
export const clawbackRule: ClawbackRule = rules.editions
  .toSorted((one, other) => one.from.localeCompare(other.from))
  .at(-1) as ClawbackRule;

/** What other capabilities call a rule of funding that they point at. */
export const fundingRuleKind = 'funding-rule';

/** A rule of funding, for whoever points at it. */
export const referredFundingRule = (id: string): Referred | null => {
  const title =
    id === 'clawback' ? 'What a fund takes back' : (fundingRules.routes.find((one) => one.id === id)?.title ?? null);
  return title === null ? null : { title, href: fundingRulePath(id) };
};
