import { z } from 'zod';
import { occupationalRoutes } from '#kernel/occupational-route.ts';

/** Kinds of provider, as readers know them. */
export const providerKinds = [
  'Further education college',
  'Higher education provider',
  'Institute of Technology',
  'Independent training provider',
] as const;

/** Where an example came to light. */
export const origins = ['sent in', 'survey', 'webinar', 'focus group', 'fund application', 'illustration'] as const;
export type Origin = (typeof origins)[number];

/** What an example can come from that is written down for a provider; the rest say themselves where they come from. */
export const toldOrigins = [
  'sent in',
  'survey',
  'webinar',
  'focus group',
  'fund application',
] as const satisfies readonly Origin[];

/** What someone tells: everything but the title and what was done may be left out. */
export const exampleText = z.object({
  theme: z.string(),
  title: z.string(),
  summary: z.string(),
  steps: z.array(z.string()),
  routes: z.array(z.enum(occupationalRoutes)),
  level: z.union([z.literal(4), z.literal(5)]).nullable(),
  providerKind: z.string(),
  /** Pounds; `null`: not told. */
  costMoney: z.number().nullable(),
  costTime: z.string(),
  costPeople: z.string(),
  learners: z.int().nullable(),
  result: z.string(),
  resultKnown: z.string(),
  differently: z.string(),
  /** Addresses, https alone. */
  links: z.array(z.string()).default([]),
  provider: z.string().default(''),
  /** Who can be asked, where they agreed that their name and address are shown. */
  contactName: z.string().default(''),
  contactAddress: z.string().default(''),
  contactAgreed: z.boolean().default(false),
});
export type ExampleText = z.infer<typeof exampleText>;

export const emptyText: ExampleText = {
  theme: '',
  title: '',
  summary: '',
  steps: [],
  routes: [],
  level: null,
  providerKind: '',
  costMoney: null,
  costTime: '',
  costPeople: '',
  learners: null,
  result: '',
  resultKnown: '',
  differently: '',
  links: [],
  provider: '',
  contactName: '',
  contactAddress: '',
  contactAgreed: false,
};

/**
 * Where an example stands. `draft`: being written; `unconfirmed`: sent without an account, and the address is asked first;
 * `waiting`: for a moderator; `asked`: the moderator wants something changed; `shown`: changed by the moderator, and shown to whoever
 * sent it before it is published; `published`; `declined`; `withdrawn`: by whoever sent it.
 */
export type ExampleState =
  | 'draft'
  | 'unconfirmed'
  | 'waiting'
  | 'asked'
  | 'shown'
  | 'published'
  | 'declined'
  | 'withdrawn';

export const stateWords: Readonly<Record<ExampleState, string>> = {
  draft: 'Being written',
  unconfirmed: 'The link in the email has not been used yet',
  waiting: 'Waits for a moderator',
  asked: 'A moderator asks for a change',
  shown: 'A moderator changed it: agree before it is published',
  published: 'Published',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
};

export const isBeingWritten = (state: ExampleState): boolean => state === 'draft' || state === 'asked';

/** It goes to no moderator yet: it is being written, or nobody knows yet whose it is. */
export const isWithSender = (state: ExampleState): boolean => state === 'draft' || state === 'unconfirmed';

export type Example = {
  readonly id: string;
  /** In the address under which it is written and looked after; whoever has it may. */
  readonly token: string;
  readonly state: ExampleState;
  readonly text: ExampleText;
  readonly origin: Origin;
  readonly organisation: string | null;
  readonly person: string | null;
  /** Of whoever sent it without an account. */
  readonly address: string | null;
  readonly revision: number;
  readonly sentAt: Date | null;
  readonly publishedAt: Date | null;
  /** What the moderator says: what to change, what was changed, or why it was declined. */
  readonly note: string;
  readonly decidedBy: string | null;
  /** ISO date until which somebody stands by it. */
  readonly reviewDue: string | null;
};

/** Nobody has said lately that it still holds: out of search, and marked. */
export const isStale = (example: Pick<Example, 'reviewDue'>, today: string): boolean =>
  example.reviewDue !== null && example.reviewDue < today;

export const costBands = ['free', 'under-1000', 'under-10000', 'more', 'not-told'] as const;
export type CostBand = (typeof costBands)[number];

export const costBandWords: Readonly<Record<CostBand, string>> = {
  free: 'No money',
  'under-1000': 'Under £1,000',
  'under-10000': '£1,000 to £10,000',
  more: '£10,000 and more',
  'not-told': 'Not told',
};

export const costBandOf = (pounds: number | null): CostBand => {
  if (pounds === null) return 'not-told';
  if (pounds === 0) return 'free';
  if (pounds < 1000) return 'under-1000';
  return pounds < 10_000 ? 'under-10000' : 'more';
};

/** How it went for someone who tried it. */
export const outcomes = ['yes', 'partly', 'no'] as const;
export type Outcome = (typeof outcomes)[number];
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  yes: 'It worked',
  partly: 'It worked in part',
  no: 'It did not work',
};

export type Tried = {
  readonly id: string;
  readonly example: string;
  /** Who said it; `null`: they have deleted their account. */
  readonly person: string | null;
  readonly organisation: string;
  readonly provider: string;
  /** They do the same to this day; else they tried it. */
  readonly doesIt: boolean;
  readonly outcome: Outcome;
  readonly cost: string;
  readonly text: string;
  readonly at: Date;
  /** Why a moderator took it out; `null`: readers have it. */
  readonly leftOut: string | null;
};

/** Whether of those who say how it went some say that it worked and some that it did not. */
export const contradict = (said: readonly Pick<Tried, 'outcome'>[]): boolean =>
  said.some((one) => one.outcome === 'yes') && said.some((one) => one.outcome === 'no');

/** Said with every example. */
export const notARecommendation = 'An example of what can be done, and not a recommendation of any department.';
