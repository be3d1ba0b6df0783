import type { Problem } from '#kernel/problem.ts';
import { slugOf } from '#kernel/slug.ts';
import { type Assertion, approvalSubject, type Body, noKeys } from './fact.ts';
import type { Entry } from './register-entry.ts';
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
    const named = numbers.map((one) => byNumber.get(numberKey(one))).find((one) => one !== undefined);
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

/**
 * What a whole register's file would change, as at a day. What it does not have, of what stands now, ends on that day.
 *
 * @param titles of occupations, by reference, for rows that have none.
 * @param fictional whether what is new is marked as fictional: all of it is, in an example store.
 */
export const planImport = (
  rows: readonly RegisterRow[],
  entries: readonly Entry[],
  asAt: string,
  titles: ReadonlyMap<string, string>,
  fictional = false,
): ImportPlan => {
  const { found, problems } = entryFor(rows, entries);
  const assertions: Assertion[] = [];
  const differences: Difference[] = [];
  const kept = new Set<string>();
  const detailed = new Set<string>();
  let same = 0;
  const ids = new Set(entries.map((one) => one.id));
  const idOf = new Map<string, string>();
  for (const row of rows) {
    const entry = found.get(row);
    if (entry === undefined) continue;
    const key = numberKey(row.number ?? row.title);
    let id = entry?.id ?? idOf.get(key);
    if (id === undefined) {
      id = slugOf(row.number ?? row.title);
      while (ids.has(id)) id = `${id}-b`;
      ids.add(id);
      idOf.set(key, id);
    }
    const keys = { ...noKeys, qualification: id };
    const numbers = [
      ...new Set(
        [...(row.number ? [row.number] : []), ...row.otherNumbers, ...(entry?.numbers ?? [])].map((one) => one.trim()),
      ),
    ].filter((one, index, all) => all.findIndex((other) => numberKey(other) === numberKey(one)) === index);
    const details: Body<'qualification'> = {
      title: row.title,
      numbers,
      level: row.level,
      awardingOrganisation: row.awardingOrganisation,
      route: row.route ?? entry?.route ?? null,
      credits: row.credits ?? entry?.credits ?? null,
      fictional: entry?.fictional ?? fictional,
    };
    if (!detailed.has(id)) {
      detailed.add(id);
      const before = entry ? detailWords(entry) : '';
      const after = detailWords(details);
      if (before === after) same += 1;
      else {
        assertions.push({
          kind: 'qualification',
          subject: id,
          keys,
          body: details,
          from: entry ? asAt : (row.approvedOn ?? asAt),
          to: null,
        });
        differences.push({
          kind: entry ? 'changed' : 'added',
          what: `${row.number ?? ''} ${row.title}`.trim(),
          before,
          after,
        });
      }
    }
    if (row.occupation === null || row.cycle === null || row.approvedOn === null || row.firstTeach === null) continue;
    const subject = approvalSubject(id, row.occupation);
    kept.add(subject);
    const standing = entry?.approvals.find((one) => one.occupation === row.occupation);
    const what = `${row.number ?? row.title}, ${row.occupation}`;
    const about = { kind: 'approval' as const, subject, keys: { ...keys, occupation: row.occupation } };
    const body: Body<'approval'> = {
      occupationTitle: row.occupationTitle ?? standing?.occupationTitle ?? titles.get(row.occupation) ?? row.occupation,
      option: row.option ?? standing?.option ?? null,
      standardVersion: row.standardVersion ?? standing?.standardVersion ?? null,
      cycle: row.cycle,
      approvedOn: row.approvedOn,
      firstTeach: row.firstTeach,
      nextReview: row.nextReview ?? standing?.nextReview ?? null,
    };
    const isWithdrawn =
      entry?.withdrawals.some((one) => one.occupation === null || one.occupation === row.occupation) ?? false;
    if (row.withdrawnOn !== null) {
      if (isWithdrawn && !standing) {
        same += 1;
        continue;
      }
      if (!standing) assertions.push({ ...about, body, from: row.approvedOn, to: row.withdrawnOn });
      else assertions.push({ ...about, body: null, from: row.withdrawnOn, to: null });
      assertions.push({
        kind: 'withdrawal',
        subject,
        keys: { ...keys, occupation: row.occupation },
        body: { reason: row.withdrawalReason ?? 'awarding-organisation', note: '' },
        from: row.withdrawnOn,
        to: null,
      });
      differences.push({
        kind: 'withdrawn',
        what,
        before: standing ? approvalWords(standing) : '',
        after: `withdrawn on ${row.withdrawnOn}`,
      });
      continue;
    }
    const before = standing ? approvalWords(standing) : '';
    const after = approvalWords(body);
    if (
      standing &&
      before === after &&
      standing.occupationTitle === body.occupationTitle &&
      standing.option === body.option
    ) {
      same += 1;
      continue;
    }
    const from = [row.approvedOn, standing?.approvedOn ?? row.approvedOn].toSorted()[0] ?? row.approvedOn;
    assertions.push({ ...about, body, from, to: null });
    differences.push({ kind: standing ? 'changed' : 'added', what, before, after });
  }
  let removed = 0;
  let standingNow = 0;
  for (const entry of entries)
    for (const approval of entry.approvals) {
      standingNow += 1;
      const subject = approvalSubject(entry.id, approval.occupation);
      if (kept.has(subject)) continue;
      removed += 1;
      assertions.push({
        kind: 'approval',
        subject,
        keys: { ...noKeys, qualification: entry.id, occupation: approval.occupation },
        body: null,
        from: asAt > approval.approvedOn ? asAt : approval.approvedOn,
        to: null,
      });
      differences.push({
        kind: 'removed',
        what: `${entry.numbers[0] ?? entry.title}, ${approval.occupation}`,
        before: approvalWords(approval),
        after: `not in the file: ends on ${asAt}`,
      });
    }
  return { assertions, differences, same, problems, removed, standing: standingNow };
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
