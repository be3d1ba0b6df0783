import { z } from 'zod';
import { isDay } from './day.ts';

const day = z.string().refine(isDay, 'a day, such as 2026-09-01');
const dayOrNone = day.nullable();

export const qualificationBody = z.object({
  title: z.string().min(1),
  /** The one it goes by first; others under which it is known too, such as before a renumbering. */
  numbers: z.array(z.string().min(1)),
  level: z.number().int(),
  awardingOrganisation: z.string().min(1),
  route: z.string().nullable(),
  credits: z.number().int().nullable(),
  fictional: z.boolean(),
});

export const approvalBody = z.object({
  occupationTitle: z.string(),
  option: z.string().nullable(),
  standardVersion: z.string().nullable(),
  cycle: z.string().min(1),
  approvedOn: day,
  firstTeach: day,
  nextReview: dayOrNone,
});

/**
 * Why approval is withdrawn. Source: GOV.UK, Withdrawing approval from technical qualifications, 2 June 2025. A file may say
 * no reason; whoever withdraws it here does.
 */
export const withdrawalReasons = {
  criteria: 'It no longer meets the criteria for approval',
  occupation: 'The occupation or its standard was retired, or its level changed',
  terms: 'The terms of approval were broken',
  regulated: 'Its status with the regulator changed',
  change: 'A change that was asked for was not made in time',
  'awarding-organisation': 'The awarding organisation withdrew it',
  quality: 'There were concerns about the quality of delivery',
  'not-said': 'No reason is given',
} as const;

export type WithdrawalReason = keyof typeof withdrawalReasons;

export const withdrawalBody = z.object({
  reason: z.enum(Object.keys(withdrawalReasons) as [WithdrawalReason, ...WithdrawalReason[]]),
  note: z.string(),
  /** What the awarding organisation asked for, and what came of it. Source: GOV.UK, The withdrawal process, 2 June 2025. */
  review: z
    .object({ askedOn: day, answeredOn: dayOrNone, outcome: z.enum(['waiting', 'upheld']), words: z.string() })
    .nullable()
    .default(null),
});

export const offerBody = z.object({
  site: z.string().min(1),
  postcode: z.string(),
  mode: z.enum(['full-time', 'part-time', 'either', 'distance', 'not-said']),
  entryRoutes: z.array(z.string()),
  /** Codes of the units that it really runs; empty: not said. */
  units: z.array(z.string()),
  firstTeach: dayOrNone,
  /** The awarding organisation's word that this provider may deliver it: it does not count without. */
  confirmedBy: z.string().nullable(),
  confirmedOn: dayOrNone,
  confirmedWith: z.string().nullable(),
});

export const providerBody = z.object({
  name: z.string().min(1),
  type: z.string().nullable(),
  region: z.string().nullable(),
  town: z.string().nullable(),
  postcode: z.string().nullable(),
  closedOn: dayOrNone,
});

export const changeBody = z.object({
  size: z.enum(['minor', 'major']),
  what: z.string().min(1),
  proposedOn: day,
  answer: z.enum(['waiting', 'accepted', 'refused', 'none-needed']),
  answeredOn: dayOrNone,
  words: z.string(),
});

const scope = z.enum(['in', 'ask', 'out']);

export const cycleBody = z.object({
  title: z.string().min(1),
  draft: z.boolean(),
  windows: z.array(z.object({ name: z.string(), opens: dayOrNone, closes: dayOrNone, known: z.string() })),
  routes: z.array(z.object({ route: z.string(), scope })),
  standards: z.array(z.object({ reference: z.string(), scope, note: z.string() })),
  stages: z.array(z.object({ id: z.string(), opens: dayOrNone, closes: dayOrNone })),
  firstTeach: z.string(),
  source: z.string(),
});

export const bodies = {
  qualification: qualificationBody,
  approval: approvalBody,
  withdrawal: withdrawalBody,
  offer: offerBody,
  provider: providerBody,
  change: changeBody,
  cycle: cycleBody,
} as const;

export type FactKind = keyof typeof bodies;
export type Body<Kind extends FactKind> = z.infer<(typeof bodies)[Kind]>;

export type Keys = {
  readonly qualification: string | null;
  readonly occupation: string | null;
  readonly ukprn: string | null;
};

/** What someone says is true from a day on. `body: null`: that it no longer is. */
export type Assertion = {
  readonly [Kind in FactKind]: {
    readonly kind: Kind;
    readonly subject: string;
    readonly keys: Keys;
    readonly body: Body<Kind> | null;
    readonly from: string;
    /** First day on which it is true no longer; `null`: until told otherwise. */
    readonly to: string | null;
  };
}[FactKind];

export type Origin = { readonly source: string; readonly retrievedOn: string };

/** A fact with both its times. */
export type Fact<Kind extends FactKind = FactKind> = {
  readonly kind: Kind;
  readonly subject: string;
  readonly keys: Keys;
  readonly body: Body<Kind>;
  readonly from: string;
  readonly to: string | null;
  readonly recordedAt: Date;
  /** When something else was recorded in its place; `null`: it is believed today. */
  readonly supersededAt: Date | null;
  readonly source: string;
  readonly retrievedOn: string;
};

const keysSchema = z.object({
  qualification: z.string().nullable(),
  occupation: z.string().nullable(),
  ukprn: z.string().nullable(),
});

/** Reads what a proposal kept. @throws ZodError when it is none of the shapes above. */
export const readAssertions = (value: unknown): readonly Assertion[] =>
  z
    .array(
      z.object({
        kind: z.enum(Object.keys(bodies) as [FactKind, ...FactKind[]]),
        subject: z.string().min(1),
        keys: keysSchema,
        body: z.unknown(),
        from: day,
        to: dayOrNone,
      }),
    )
    .parse(value)
    .map((one) => ({ ...one, body: one.body === null ? null : bodies[one.kind].parse(one.body) }) as Assertion);

export const noKeys: Keys = { qualification: null, occupation: null, ukprn: null };

export const approvalSubject = (qualification: string, occupation: string): string => `${qualification}/${occupation}`;
