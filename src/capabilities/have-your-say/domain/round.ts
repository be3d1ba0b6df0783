import type { Questionnaire } from './questionnaire.ts';

export type Round = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly purpose: string;
  readonly audience: string;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly onePerAddress: boolean;
  readonly addressKey: Uint8Array | null;
  readonly draft: Questionnaire;
  readonly revision: number;
  /** 0: none was put to use yet. */
  readonly version: number;
  readonly resultsAt: Date | null;
};

/** Where a round stands; `written`: editors alone see it. */
export type RoundState = 'written' | 'announced' | 'open' | 'closed' | 'results';

export const roundStateWords: Readonly<Record<RoundState, string>> = {
  written: 'Being written',
  announced: 'Not open yet',
  open: 'Open',
  closed: 'Closed',
  results: 'Results are there',
};

export const roundState = (
  one: Pick<Round, 'version' | 'opensAt' | 'closesAt' | 'resultsAt'>,
  now: Date,
): RoundState => {
  if (one.version === 0) return 'written';
  if (!one.opensAt || one.opensAt > now) return 'announced';
  if (!one.closesAt || one.closesAt > now) return 'open';
  return one.resultsAt && one.resultsAt <= now ? 'results' : 'closed';
};

/** Kinds of provider by which answers are counted. */
export const respondentKinds = [
  'Further education college',
  'Higher education provider',
  'Institute of Technology',
  'Independent training provider',
  'Employer',
  'Someone else',
] as const;

/** The nine regions of England (ITL 1, Office for National Statistics), and elsewhere. */
export const regions = [
  'North East',
  'North West',
  'Yorkshire and the Humber',
  'East Midlands',
  'West Midlands',
  'East of England',
  'London',
  'South East',
  'South West',
  'Outside England',
] as const;

export const notTold = 'Not told';

/** Files of one answer, and bytes of all of them together. */
export const mostFiles = 50;
export const mostBytes = 100 * 1024 * 1024;

/** Words that stand in addresses already, so that no round is called so. */
export const takenSlugs: readonly string[] = ['ask', 'wanted', 'answers', 'inbox', 'rounds', 'desk', 'reading'];
