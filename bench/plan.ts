/**
 * A plan of 2,000 tasks: laid out with its slack and critical path, against a bare longest-path pass over the same graph
 * in the same run; and its page, rendered by the server with the shell's protections on, against a page of plain text of the
 * same size through the same shell: as it is looked at again, and as it is looked at for the first time after a change, when
 * its tasks are read from the store and laid out anew.
 * `node bench/plan.ts [--tasks N] [--rounds N] [--json]`, with the project's own Node.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { makeLog } from '#platform/log/log.ts';
import { page, view } from '#web/answer.ts';
import { buildServer } from '#web/server.ts';
import { sessionCookie } from '#web/session.ts';
import { signInAsExample } from '../src/capabilities/accounts/use-cases/example-people.ts';
import { openSession } from '../src/capabilities/accounts/use-cases/sessions.ts';
import type { Task } from '../src/capabilities/readiness/domain/plan.ts';
import {
  criticalOf,
  type Job,
  latestOf,
  orderOf,
  slackOf,
  soonestOf,
} from '../src/capabilities/readiness/domain/schedule.ts';
import { addTasks, countRevision, findPlan, listTasks } from '../src/capabilities/readiness/store/plans.ts';
import { allRoutes, seedOrder } from '../src/main/compose.ts';
import { openTestContext } from '../test/support/stores.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.tasks);
const rounds = Number(values.rounds);
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

let seed = 5;
const random = (below: number): number => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};
const after = Array.from({ length: count }, (_, at) =>
  at === 0 ? [] : [...new Set(Array.from({ length: 1 + random(3) }, () => Math.max(0, at - 1 - random(40))))],
);
const days = Array.from({ length: count }, () => 1 + random(30));

/** The longest path alone: one order, one pass. */
const bare = (): number => {
  const waiting = new Int32Array(count);
  const followers: number[][] = Array.from({ length: count }, () => []);
  after.forEach((list, at) => {
    waiting[at] = list.length;
    for (const before of list) followers[before]?.push(at);
  });
  const end = new Int32Array(count);
  const queue: number[] = [];
  for (let at = 0; at < count; at += 1) if (waiting[at] === 0) queue.push(at);
  let longest = 0;
  for (let looked = 0; looked < queue.length; looked += 1) {
    const at = queue[looked] ?? 0;
    const over = (end[at] ?? 0) + (days[at] ?? 0);
    longest = Math.max(longest, over);
    for (const one of followers[at] ?? []) {
      if (over > (end[one] ?? 0)) end[one] = over;
      waiting[one] = (waiting[one] ?? 0) - 1;
      if (waiting[one] === 0) queue.push(one);
    }
  }
  return longest;
};
const jobs = after.map(
  (list, at): Job => ({ days: days[at] ?? 1, after: list, endsBefore: 0, notBefore: null, doneOn: null, begun: null }),
);
const planned = jobs.map((job, at) => ({ ...job, notBefore: 20_000 + at }));
const ours = (): number => {
  const order = orderOf(jobs);
  if (order.kind === 'circle') throw new Error('The graph has a circle');
  // As `layOutPlan` does it: by the plan's dates, and as soon as can be.
  const latest = latestOf(jobs, order.order, 30_000);
  soonestOf(planned, order.order, 20_000);
  const soonest = soonestOf(jobs, order.order, 20_000);
  criticalOf(jobs, order.order, slackOf(jobs, latest, soonest), soonest);
  return soonest.teach - 20_000;
};
if (bare() !== ours()) throw new Error('The two do not agree');
const times = { bare: [] as number[], ours: [] as number[] };
for (let round = 0; round < rounds; round += 1)
  for (const [name, act] of [
    ['bare', bare],
    ['ours', ours],
  ] as const) {
    const start = performance.now();
    act();
    times[name].push(performance.now() - start);
  }

const store = await openTestContext('example');
const { ctx } = store;
for (const capability of seedOrder) await capability.seed?.(ctx);
for (const capability of seedOrder) await capability.seedExample?.(ctx);
const plan = '00000000-0000-4000-8000-00000000a001';
const there = await listTasks(ctx, plan);
const ids = Array.from({ length: count - there.length }, () => randomUUID());
const teach = (await findPlan(ctx, plan))?.firstTeach ?? '';
await ctx.transaction((inside) =>
  addTasks(
    inside,
    plan,
    ids.map(
      (id, at): Task => ({
        ...(there[at % there.length] as Task),
        id,
        step: null,
        status: 'to-do',
        doneOn: null,
        starts: teach,
        ends: teach,
        after: (after[at] ?? []).filter((one) => one < ids.length).map((one) => ids[one] ?? ''),
      }),
    ),
    there.length,
  ),
);
let text = '';
const plain = view<object>('capabilities/guidance/pages/changes/page.njk');
const server = await buildServer({
  name: 'Bench',
  version: '0',
  routes: [
    ...allRoutes('Bench'),
    {
      method: 'GET',
      path: '/bench-text',
      access: 'anyone',
      audit: 'bench.text',
      handle: () =>
        page(
          plain,
          {
            from: 1,
            to: 2,
            fromWhen: '',
            toWhen: '',
            fromHref: '/',
            toHref: '/',
            countWords: '',
            parts: [{ title: 'Text', runs: [{ kind: 'same', text }] }],
          },
          { title: 'Plain text' },
        ),
    },
  ],
  navigation: [],
  context: ctx,
  log: makeLog('silent'),
  ready: async () => {},
  identify: openSession,
  signInPath: '/sign-in',
});
const token = await signInAsExample(ctx, 'amina.lead@northfield.example', 'bench');
const get = async (url: string): Promise<{ readonly ms: number; readonly bytes: number }> => {
  const start = performance.now();
  const answer = await server.inject({ url, headers: { host: 'localhost', cookie: `${sessionCookie}=${token}` } });
  if (answer.statusCode !== 200) throw new Error(`${url} answers ${answer.statusCode}`);
  return { ms: performance.now() - start, bytes: answer.rawPayload.length };
};
const { bytes } = await get(`/plans/${plan}`);
text = 'What there is to do, by when and by whom. '.repeat(Math.ceil(bytes / 42)).slice(0, bytes);
const pages = { changed: [] as number[], plan: [] as number[], text: [] as number[] };
for (let round = 0; round < Math.max(10, rounds / 10); round += 1) {
  await countRevision(ctx, plan);
  pages.changed.push((await get(`/plans/${plan}`)).ms);
  pages.plan.push((await get(`/plans/${plan}`)).ms);
  pages.text.push((await get('/bench-text')).ms);
}
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
const report = {
  tasks: count,
  layOutMs: rounded(median(times.ours)),
  longestPathMs: rounded(median(times.bare)),
  layOutRatio: rounded(median(times.ours.map((one, at) => one / (times.bare[at] ?? one)))),
  pageBytes: bytes,
  pageMs: rounded(median(pages.plan)),
  changedPageMs: rounded(median(pages.changed)),
  textPageMs: rounded(median(pages.text)),
  pageRatio: rounded(median(pages.plan.map((one, at) => one / (pages.text[at] ?? one)))),
  changedPageRatio: rounded(median(pages.changed.map((one, at) => one / (pages.text[at] ?? one)))),
};
console.log(values.json ? JSON.stringify(report) : report);
await server.close();
await store.close();
