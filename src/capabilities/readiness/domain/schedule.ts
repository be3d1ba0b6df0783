/** A task as the schedule sees it: whole days, and the places of the tasks that it waits for. */
export type Job = {
  readonly days: number;
  readonly after: readonly number[];
  /** Days before first teach by which it is to be over, whatever waits for it. */
  readonly endsBefore: number;
  /** The day before which it is not meant to begin, though it could; `null`: it begins as soon as it can. */
  readonly notBefore: number | null;
  /** When it was over; `null`: it is not. What is over is past, whatever else moves. */
  readonly doneOn: number | null;
  /** When it began or is settled to begin, where that is not for the schedule to say; `null`: it is. */
  readonly begun: number | null;
};

export type Order =
  | { readonly kind: 'ordered'; readonly order: Int32Array }
  /** Places of tasks that wait for one another, in a ring: the first waits for the second, the last for the first. */
  | { readonly kind: 'circle'; readonly circle: readonly number[] };

/** Tasks in an order in which each comes after all that it waits for (Kahn, 1962). */
export const orderOf = (jobs: readonly Pick<Job, 'after'>[]): Order => {
  const count = jobs.length;
  const waiting = new Int32Array(count);
  const heads = new Int32Array(count).fill(-1);
  let arrows = 0;
  for (const job of jobs) arrows += job.after.length;
  const next = new Int32Array(arrows);
  const target = new Int32Array(arrows);
  let arrow = 0;
  for (let at = 0; at < count; at += 1) {
    const after = jobs[at]?.after ?? [];
    waiting[at] = after.length;
    for (const before of after) {
      target[arrow] = at;
      next[arrow] = heads[before] ?? -1;
      heads[before] = arrow;
      arrow += 1;
    }
  }
  const order = new Int32Array(count);
  let done = 0;
  for (let at = 0; at < count; at += 1) if (waiting[at] === 0) order[done++] = at;
  for (let looked = 0; looked < done; looked += 1)
    for (let edge = heads[order[looked] ?? 0] ?? -1; edge !== -1; edge = next[edge] ?? -1) {
      const at = target[edge] ?? 0;
      const left = (waiting[at] ?? 0) - 1;
      waiting[at] = left;
      if (left === 0) order[done++] = at;
    }
  if (done === count) return { kind: 'ordered', order };
  return { kind: 'circle', circle: circleAmong(jobs, waiting) };
};

/** Whoever still waits waits for someone who still waits: following that leads round. */
const circleAmong = (jobs: readonly Pick<Job, 'after'>[], waiting: Int32Array): readonly number[] => {
  const path: number[] = [];
  const seen = new Map<number, number>();
  let at = waiting.findIndex((count) => count > 0);
  for (;;) {
    const before = seen.get(at);
    if (before !== undefined) return path.slice(before);
    seen.set(at, path.length);
    path.push(at);
    at = jobs[at]?.after.find((one) => (waiting[one] ?? 0) > 0) ?? at;
  }
};

/** The latest days on which each may begin and be over for first teach to be kept; of what is done, as if it were not. */
export type Latest = { readonly starts: Int32Array; readonly ends: Int32Array };

/** Backwards from first teach. @param teach as a day number. */
export const latestOf = (jobs: readonly Job[], order: Int32Array, teach: number): Latest => {
  const count = jobs.length;
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  for (let at = 0; at < count; at += 1) ends[at] = teach - (jobs[at]?.endsBefore ?? 0);
  for (let place = count - 1; place >= 0; place -= 1) {
    const at = order[place] ?? 0;
    const job = jobs[at] as Job;
    const start = (ends[at] ?? 0) - job.days;
    starts[at] = start;
    // What is done holds nothing up any more.
    if (job.doneOn !== null) continue;
    for (const before of job.after) if (start < (ends[before] ?? 0)) ends[before] = start;
  }
  return { starts, ends };
};

/** The days on which each begins and is over from today on, given what is done, and when teaching can follow. */
export type Soonest = { readonly starts: Int32Array; readonly ends: Int32Array; readonly teach: number };

/** Forwards from today: each as soon as what it waits for is over, and not before it is meant to begin. */
export const soonestOf = (jobs: readonly Job[], order: Int32Array, today: number): Soonest => {
  const count = jobs.length;
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  let teach = today;
  for (let place = 0; place < count; place += 1) {
    const at = order[place] ?? 0;
    const job = jobs[at] as Job;
    if (job.doneOn !== null) {
      ends[at] = job.doneOn;
      starts[at] = job.begun ?? job.doneOn - job.days;
      continue;
    }
    let free = Number.NEGATIVE_INFINITY;
    for (const before of job.after) if ((ends[before] ?? 0) > free) free = ends[before] ?? 0;
    // What has begun goes on, is over tomorrow at the earliest, and not before what it was to wait for.
    const start = job.begun ?? Math.max(today, job.notBefore ?? today, free);
    const end =
      job.begun === null ? start + job.days : Math.max(start + job.days, Math.min(today + 1, today + job.days), free);
    starts[at] = start;
    ends[at] = end;
    teach = Math.max(teach, end + job.endsBefore);
  }
  return { starts, ends, teach };
};

/** Days by which each may slip without moving first teach; below nought it is too late already. Nought where it is done. */
export const slackOf = (jobs: readonly Job[], latest: Latest, soonest: Soonest): Int32Array =>
  Int32Array.from(jobs, (job, at) => (job.doneOn === null ? (latest.ends[at] ?? 0) - (soonest.ends[at] ?? 0) : 0));

/**
 * The chain of open jobs with the least slack, in their order: what first teach hangs on.
 *
 * The critical path method (Kelley and Walker, 1959): of `latestOf` and `soonestOf`, the longest way through what is open.
 */
export const criticalOf = (
  jobs: readonly Job[],
  order: Int32Array,
  slack: Int32Array,
  { starts, ends }: Soonest,
): readonly number[] => {
  let last = -1;
  for (const at of order) {
    if (jobs[at]?.doneOn !== null) continue;
    // Of equals the one that is over last: the chain is followed back from its end.
    const better =
      last === -1 ||
      (slack[at] ?? 0) < (slack[last] ?? 0) ||
      (slack[at] === slack[last] && (ends[at] ?? 0) > (ends[last] ?? 0));
    if (better) last = at;
  }
  const chain: number[] = [];
  for (let at = last; at !== -1; ) {
    chain.unshift(at);
    at = jobs[at]?.after.find((one) => jobs[one]?.doneOn === null && ends[one] === starts[at]) ?? -1;
  }
  return chain;
};
