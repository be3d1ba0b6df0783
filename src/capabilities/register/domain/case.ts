import { daysAfter } from './day.ts';
import type { Entry, Withdrawal } from './register-entry.ts';

/** What happened to a standard, or to an approval, that makes people act. */
export type Cause = 'revised' | 'retired' | 're-levelled' | 'withdrawn';

export const causeWords: Readonly<Record<Cause, string>> = {
  revised: 'The standard was revised',
  retired: 'The standard was retired',
  're-levelled': 'The level of the standard changed',
  withdrawn: 'Approval is withdrawn',
};

export type CaseStep = {
  readonly place: number;
  readonly title: string;
  readonly due: string;
  /** A person's id. */
  readonly owner: string | null;
  readonly doneAt: Date | null;
  readonly note: string;
};

export type CaseFile = {
  readonly id: string;
  readonly qualification: string;
  readonly occupation: string;
  readonly cause: Cause;
  readonly words: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly outcome: string;
};

/** What another part does and reports: the quality mark tells its holders. */
export type StepAct = 'tell-holders';

type Plan = readonly (readonly [title: string, days: number, act?: StepAct])[];

/**
 * Steps of a case with days from its opening. The order is that of GOV.UK's page on the withdrawal process (2 June 2025);
 * the numbers of days are ours, since none are published, and each date can be changed.
 */
const revision: Plan = [
  ['Compare the two versions and prove the qualification against the new one', 14],
  ['Tell the awarding organisation in writing what changed and what is asked of it', 21],
  ['The awarding organisation says whether the change is minor or major', 49],
  ['Decide on its proposal: keep approval, ask for a change, or begin withdrawal', 90],
];
const plans: Readonly<Record<Cause, Plan>> = {
  revised: revision,
  retired: [
    ['Tell the awarding organisation in writing that the occupation is retired, with the date', 14],
    ['The awarding organisation names another occupation, or says that there is none', 60],
    ['Decide: link the other occupation, or withdraw approval', 90],
  ],
  're-levelled': [
    ['Tell the awarding organisation in writing that the level changed, with the date', 14],
    ['Look whether the qualification’s level may still be approved against it', 21],
    ['The awarding organisation names another occupation, or says that there is none', 60],
    ['Decide: keep approval, link another occupation, or withdraw approval', 90],
  ],
  withdrawn: [
    ['Tell the awarding organisation in writing, with the date and the reason', 2],
    ['The holders of the quality mark are told, and their credentials taken back: the mark does it', 2, 'tell-holders'],
    ['Tell every provider that delivers it: the mark and the letters HTQ come off', 5],
    ['Wait for a request for a procedural review', 28],
    ['Tell the regulator, the department and the Student Loans Company where they need to know', 28],
    ['Check that the mark is gone from the providers’ pages', 60],
  ],
};

export const stepsFor = (
  cause: Cause,
  today: string,
): readonly { readonly title: string; readonly due: string; readonly act: StepAct | null }[] =>
  plans[cause].map(([title, days, act]) => ({ title, due: daysAfter(today, days), act: act ?? null }));

/** The withdrawal that a case is about, the last of them where there were several; another occupation's is another case's. */
export const withdrawalOf = (one: Pick<CaseFile, 'occupation'>, entry: Entry | null): Withdrawal | undefined =>
  entry?.withdrawals
    .filter((each) => each.occupation === (one.occupation || null))
    .toSorted((a, b) => b.on.localeCompare(a.on))[0];

/** Whether the withdrawal that a case is about was taken back: none is believed any more, and the approval stands. */
export const isTakenBack = (one: Pick<CaseFile, 'cause' | 'occupation'>, entry: Entry | null): boolean =>
  one.cause === 'withdrawn' &&
  withdrawalOf(one, entry) === undefined &&
  (entry?.approvals.some((each) => one.occupation === '' || each.occupation === one.occupation) ?? false);
