/**
 * Requests a second of one page, signed in and as a visitor: what knowing who is there costs. The same server, the
 * same page, in turns. `node bench/session.ts [--seconds N] [--json]`, with the project's own Node.
 */
import { parseArgs } from 'node:util';
import { freshFolder, removeFolder, startServer } from '../test/support/server.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
});
const seconds = Number(values.seconds);
const atOnce = 8;
const rounds = 5;

const folder = freshFolder();
const server = await startServer(folder);
const door = /http:\/\/\S+\/example-people\/\S+/.exec(server.output())?.[0] ?? '';
const entered = await fetch(door, {
  method: 'POST',
  redirect: 'manual',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'address=tom.member%40northfield.example',
});
const cookie = /htq_session=[^;]+/.exec(entered.headers.get('set-cookie') ?? '')?.[0];
if (!cookie) throw new Error('Nobody was signed in');

const rate = async (path: string, headers: Readonly<Record<string, string>>): Promise<number> => {
  const until = performance.now() + seconds * 1000;
  let count = 0;
  const ask = async () => {
    while (performance.now() < until) {
      const answer = await fetch(`${server.address}${path}`, { headers });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return count / seconds;
};

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const results = [];
for (const path of ['/standards', '/cookies']) {
  await rate(path, {});
  const pairs = [];
  for (let round = 0; round < rounds; round += 1)
    pairs.push({ visitor: await rate(path, {}), signedIn: await rate(path, { cookie }) });
  results.push({
    path,
    visitorPerSecond: median(pairs.map((one) => one.visitor)),
    signedInPerSecond: median(pairs.map((one) => one.signedIn)),
    ratio: median(pairs.map((one) => one.signedIn / one.visitor)),
  });
}
if (values.json) console.log(JSON.stringify(results, null, 2));
else console.table(results);
await server.stop();
removeFolder(folder);
