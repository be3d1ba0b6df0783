import type { Problem } from '#kernel/problem.ts';
import { slugOf } from '#kernel/slug.ts';
import { approvalAssertions } from './edit-assertions.ts';
import { type Assertion, approvalSubject, type Body, noKeys } from './fact.ts';
import type { Approval, Entry, Withdrawal } from './register-entry.ts';
import { numberKey, type RegisterRow, titleKey } from './register-file.ts';

/** One thing that an import would change, in a person's words. */
export type Difference = {
  readonly kind: 'added' | 'changed' | 'removed' | 'withdrawn';
  readonly what: string;
  readonly before: string;
  readonly after: string;
};

export type ImportPlan = {
  readonly assertions: readonly Assertion[];
  readonly differences: readonly Difference[];
  readonly same: number;
  readonly problems: readonly Problem[];
  /** Of the approvals that stand now, how many the file does not have. */
  readonly removed: number;
  readonly standing: number;
  /** Entries that lose their last approval, and the day on which they do: their offers end with it. */
  readonly emptied: ReadonlyMap<string, string>;
};

/** What the register holds, which a file is compared with. */
export type Held = {
  readonly entries: readonly Entry[];
  /** First day on which the register has each entry, by its id. */
  readonly since: ReadonlyMap<string, string>;
  /** Titles of occupations, by reference, for rows that have none. */
  readonly titles: ReadonlyMap<string, string>;
};

const approvalWords = (one: Omit<Body<'approval'>, 'option' | 'occupationTitle'>): string =>
  [
    `cycle ${one.cycle}`,
    `approved ${one.approvedOn}`,
    `first teach ${one.firstTeach}`,
    one.nextReview ? `review ${one.nextReview}` : 'no review date',
    one.standardVersion ? `version ${one.standardVersion}` : 'no version',
  ].join(', ');

const detailWords = (one: Omit<Body<'qualification'>, 'fictional'>): string =>
  `${one.title}; ${one.numbers.join(', ')}; Level ${one.level}; ${one.awardingOrganisation}; ${one.route ?? 'no route'}; ${one.credits ?? 'no'} credits`;

/** Which entry a row means: by any of its numbers, else by title, level and awarding organisation. */
const entryFor = (rows: readonly RegisterRow[], entries: readonly Entry[]) => {
  const byNumber = new Map(entries.flatMap((one) => one.numbers.map((number) => [numberKey(number), one] as const)));
  const titled = (one: Pick<RegisterRow, 'title' | 'level' | 'awardingOrganisation'>) =>
    `${titleKey(one.title)} ${one.level} ${titleKey(one.awardingOrganisation)}`;
  const byTitle = new Map(entries.map((one) => [titled(one), one]));
  const problems: Problem[] = [];
  const found = new Map<RegisterRow, Entry | null>();
  for (const row of rows) {
    const numbers = [...(row.number ? [row.number] : []), ...row.otherNumbers];
    const [named, other] = new Set(numbers.flatMap((one) => byNumber.get(numberKey(one)) ?? []));
    if (named && other) {
      problems.push({
        path: `row ${row.row}`,
        message: `its numbers are those of two qualifications of the register: ${named.title} (${named.id}) and ${other.title} (${other.id})`,
      });
      continue;
    }
    const same = byTitle.get(titled(row));
    if (!named && same && row.number !== null && same.numbers.length > 0) {
      problems.push({
        path: `row ${row.row}`,
        message: `the register has the same title, level and awarding organisation under ${same.numbers.join(', ')}, and this row says ${row.number}: one qualification under two numbers. Add the other one to the row in a column "otherNumbers", or correct the row`,
      });
      continue;
    }
    found.set(row, named ?? same ?? null);
  }
  return { found, problems };
};

const asNumbers = (row: RegisterRow, entry: Entry | null): readonly string[] =>
  [...(row.number ? [row.number] : []), ...row.otherNumbers, ...(entry?.numbers ?? [])]
    .map((one) => one.trim())
    .filter((one, index, all) => all.findIndex((other) => numberKey(other) === numberKey(one)) === index);

const asDetails = (row: RegisterRow, entry: Entry | null, fictional: boolean): Body<'qualification'> => ({
  title: row.title,
  numbers: [...asNumbers(row, entry)],
  level: row.level,
  awardingOrganisation: row.awardingOrganisation,
  route: row.route ?? entry?.route ?? null,
  credits: row.credits ?? entry?.credits ?? null,
  fictional: entry?.fictional ?? fictional,
});

/** A row with the entry that it means; `null`: a new one, with an id of its own. */
type Identified = { readonly row: RegisterRow; readonly entry: Entry | null; readonly id: string };

const identified = (
  found: ReadonlyMap<RegisterRow, Entry | null>,
  entries: readonly Entry[],
): readonly Identified[] => {
  const ids = new Set(entries.map((one) => one.id));
  const idOf = new Map<string, string>();
  return [...found].map(([row, entry]) => {
    const key = numberKey(row.number ?? row.title);
    let id = entry?.id ?? idOf.get(key);
    if (id === undefined) {
      id = slugOf(row.number ?? row.title) || 'unnumbered';
      while (ids.has(id)) id = `${id}-b`;
      ids.add(id);
      idOf.set(key, id);
    }
    return { row, entry, id };
  });
};

/** What a plan is made of while its rows are read. */
type Draft = {
  readonly assertions: Assertion[];
  readonly differences: Difference[];
  readonly problems: Problem[];
  same: number;
  /** Approvals that the file has and that go on. */
  readonly kept: Set<string>;
  /** Approvals that it ends, and when. */
  readonly ended: Map<string, string>;
};

const planDetails = (
  draft: Draft,
  rows: readonly Identified[],
  since: Held['since'],
  asAt: string,
  fictional: boolean,
): void => {
  for (const [id, all] of Map.groupBy(rows, (one) => one.id)) {
    const [first] = all;
    if (!first) continue;
    const { row, entry } = first;
    const about = { kind: 'qualification' as const, subject: id, keys: { ...noKeys, qualification: id } };
    const body = asDetails(row, entry, fictional);
    const before = entry ? detailWords(entry) : '';
    const after = detailWords(body);
    // It is there from its first approval on, whichever row that stands in.
    const began = all.flatMap((one) => one.row.approvedOn ?? []).toSorted()[0];
    const known = since.get(id);
    if (known !== undefined && began !== undefined && began < known)
      draft.assertions.push({ ...about, body, from: began, to: known });
    if (before === after) {
      draft.same += 1;
      continue;
    }
    draft.assertions.push({ ...about, body, from: entry ? asAt : (began ?? asAt), to: null });
    draft.differences.push({
      kind: entry ? 'changed' : 'added',
      what: `${row.number ?? ''} ${row.title}`.trim(),
      before,
      after,
    });
  }
};

/** The latest withdrawal of an occupation, or of the whole. */
const withdrawalOf = (entry: Entry | null, occupation: string): Withdrawal | undefined =>
  entry?.withdrawals
    .filter((one) => one.occupation === null || one.occupation === occupation)
    .toSorted((one, other) => other.on.localeCompare(one.on))[0];

/** The approval that a row speaks of. */
type Spoken = Pick<Assertion, 'subject' | 'keys'> & {
  readonly what: string;
  readonly body: Body<'approval'>;
  readonly standing: Approval | undefined;
  readonly withdrawal: Withdrawal | undefined;
};

const planWithdrawal = (draft: Draft, row: RegisterRow, spoken: Spoken, withdrawnOn: string): void => {
  const { subject, keys, what, body, standing, withdrawal } = spoken;
  if (withdrawal && (standing === undefined || standing.until === withdrawal.on)) {
    draft.kept.add(subject);
    if (withdrawal.on === withdrawnOn) draft.same += 1;
    else
      draft.problems.push({
        path: `row ${row.row}`,
        message: `the register has it withdrawn on ${withdrawal.on}, and this row says ${withdrawnOn}: put the row right, or first take the withdrawal back on the page of the qualification`,
      });
    return;
  }
  if (withdrawal?.on === withdrawnOn) {
    draft.problems.push({
      path: `row ${row.row}`,
      message: `the register has it approved again since it was withdrawn on ${withdrawnOn}: put the row right, or leave it out`,
    });
    return;
  }
  draft.ended.set(subject, withdrawnOn);
  draft.assertions.push(
    standing
      ? { kind: 'approval', subject, keys, body: null, from: withdrawnOn, to: null }
      : { kind: 'approval', subject, keys, body, from: body.approvedOn, to: withdrawnOn },
    {
      kind: 'withdrawal',
      subject,
      keys,
      body: { reason: row.withdrawalReason ?? 'not-said', note: '', review: null },
      from: withdrawnOn,
      to: null,
    },
  );
  draft.differences.push({
    kind: 'withdrawn',
    what,
    before: standing ? approvalWords(standing) : '',
    after: `withdrawn on ${withdrawnOn}`,
  });
};

const isSaid = (standing: Approval | undefined, body: Body<'approval'>): boolean =>
  standing !== undefined &&
  approvalWords(standing) === approvalWords(body) &&
  standing.occupationTitle === body.occupationTitle &&
  standing.option === body.option;

const planApproval = (draft: Draft, { row, entry, id }: Identified, titles: Held['titles']): void => {
  const { occupation, cycle, approvedOn, firstTeach } = row;
  if (occupation === null || cycle === null || approvedOn === null || firstTeach === null) return;
  const subject = approvalSubject(id, occupation);
  const what = `${row.number ?? row.title}, ${occupation}`;
  if (draft.kept.has(subject) || draft.ended.has(subject)) {
    draft.problems.push({ path: `row ${row.row}`, message: `${what} stands in an earlier row, under another number` });
    return;
  }
  const standing = entry?.approvals.find((one) => one.occupation === occupation);
  const withdrawal = withdrawalOf(entry, occupation);
  const body: Body<'approval'> = {
    occupationTitle: row.occupationTitle ?? standing?.occupationTitle ?? titles.get(occupation) ?? occupation,
    option: row.option ?? standing?.option ?? null,
    standardVersion: row.standardVersion ?? standing?.standardVersion ?? null,
    cycle,
    approvedOn,
    firstTeach,
    nextReview: row.nextReview ?? standing?.nextReview ?? null,
  };
  if (row.withdrawnOn !== null) {
    const keys = { ...noKeys, qualification: id, occupation };
    planWithdrawal(draft, row, { subject, keys, what, body, standing, withdrawal }, row.withdrawnOn);
    return;
  }
  draft.kept.add(subject);
  // An older file would have it: approval that was withdrawn is given again by a later day, or by taking the withdrawal back.
  if (standing === undefined && withdrawal && withdrawal.on >= approvedOn) {
    draft.problems.push({
      path: `row ${row.row}`,
      message: `the register has it withdrawn on ${withdrawal.on}, and this row has it as approved: it looks like an older file. Put the row right, or first take the withdrawal back on the page of the qualification`,
    });
    return;
  }
  if (isSaid(standing, body)) {
    draft.same += 1;
    return;
  }
  draft.assertions.push(...approvalAssertions(id, occupation, body, standing));
  draft.differences.push({
    kind: standing ? 'changed' : 'added',
    what,
    before: standing ? approvalWords(standing) : '',
    after: approvalWords(body),
  });
};

/** What stands now and the file does not have, ends. @returns how many stand, and how many of them end so. */
const planRemovals = (draft: Draft, entries: readonly Entry[], asAt: string) => {
  let removed = 0;
  let standing = 0;
  for (const entry of entries)
    for (const approval of entry.approvals) {
      standing += 1;
      const subject = approvalSubject(entry.id, approval.occupation);
      if (draft.kept.has(subject) || draft.ended.has(subject)) continue;
      removed += 1;
      const from = asAt > approval.approvedOn ? asAt : approval.approvedOn;
      const keys = { ...noKeys, qualification: entry.id, occupation: approval.occupation };
      draft.ended.set(subject, from);
      draft.assertions.push({ kind: 'approval', subject, keys, body: null, from, to: null });
      draft.differences.push({
        kind: 'removed',
        what: `${entry.numbers[0] ?? entry.title}, ${approval.occupation}`,
        before: approvalWords(approval),
        after: `not in the file: ends on ${from}`,
      });
    }
  return { removed, standing };
};

/** Entries all of whose approvals end, with the day of the last. */
const emptiedBy = ({ ended, kept }: Draft, entries: readonly Entry[]): ReadonlyMap<string, string> => {
  const goOn = new Set([...kept].map((subject) => subject.slice(0, subject.lastIndexOf('/'))));
  return new Map(
    entries.flatMap((entry) => {
      const ends = entry.approvals.flatMap((one) => ended.get(approvalSubject(entry.id, one.occupation)) ?? []);
      const last = ends.toSorted().at(-1);
      return last === undefined || goOn.has(entry.id) ? [] : [[entry.id, last] as const];
    }),
  );
};

/**
 * What a whole register’s file would change, as at a day. What it does not have, of what stands now, ends on that day.
 *
 * @param fictional whether what is new is marked as fictional: all of it is, in an example store.
 */
export const planImport = (rows: readonly RegisterRow[], held: Held, asAt: string, fictional = false): ImportPlan => {
  const { entries, since, titles } = held;
  const { found, problems } = entryFor(rows, entries);
  const draft: Draft = {
    assertions: [],
    differences: [],
    problems: [...problems],
    same: 0,
    kept: new Set(),
    ended: new Map(),
  };
  const all = identified(found, entries);
  planDetails(draft, all, since, asAt, fictional);
  for (const one of all) planApproval(draft, one, titles);
  const counted = planRemovals(draft, entries, asAt);
  const { assertions, differences, same } = draft;
  return {
    assertions,
    differences,
    same,
    problems: draft.problems,
    emptied: emptiedBy(draft, entries),
    ...counted,
  };
};

/** `5.2` comes after `5.1`, and `10` after `9`. */
export const compareCycles = (one: string, other: string): number => {
  const parts = (text: string) => text.split('.').map((part) => Number(part.replaceAll(/\D/g, '')) || 0);
  const [a, b] = [parts(one), parts(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const newestCycle = (cycles: readonly (string | null)[]): string | null =>
  cycles
    .filter((one) => one !== null)
    .toSorted(compareCycles)
    .at(-1) ?? null;
