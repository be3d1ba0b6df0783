/**
 * A published page at 100 connections: this site, with everything its shell does, against a bare Fastify server that sends
 * the same bytes, and against the field's usual stack (Express, Nunjucks, govuk-frontend, helmet, session) that renders
 * the same template. In turns, medians of the rounds. `node bench/page.ts [--seconds N] [--json]`, with the project's own
 * Node; needs the development packages.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { freshFolder, removeFolder, startServer } from '../test/support/server.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const duration = Number(values.seconds);
const rounds = 3;

const folder = freshFolder();
const server = await startServer(folder);
const page = `${server.address}/guidance/approval`;
const html = join(folder, 'page.html');
const first = await fetch(page);
const etag = first.headers.get('etag') ?? '';
writeFileSync(html, await first.text());

const peer = async (kind: string, port: number): Promise<{ readonly url: string; readonly end: () => void }> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'page-peers.ts'), kind, String(port), html],
    { stdio: 'inherit' },
  );
  const url = `http://127.0.0.1:${port}/page`;
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await fetch(url);
      return { url, end: () => child.kill() };
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`The peer ${kind} did not start`);
};
const bare = await peer('fastify', 43_871);
const usual = await peer('express', 43_872);

const rate = async (url: string, headers: Record<string, string> = {}): Promise<number> => {
  const result = await autocannon({ url, connections: 100, duration, headers });
  const same = result.statusCodeStats?.['304']?.count ?? 0;
  if (result.errors > 0 || result.non2xx > same)
    throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} other answers`);
  return result.requests.average;
};
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const seen = [];
for (let round = 0; round < rounds; round += 1)
  seen.push({
    ours: await rate(page),
    bare: await rate(bare.url),
    usual: await rate(usual.url),
    notModified: await rate(page, { 'if-none-match': etag }),
  });
const report = {
  bytes: (await (await fetch(page)).arrayBuffer()).byteLength,
  ours: median(seen.map((one) => one.ours)),
  bare: median(seen.map((one) => one.bare)),
  usual: median(seen.map((one) => one.usual)),
  notModified: median(seen.map((one) => one.notModified)),
  shareOfBare: median(seen.map((one) => one.ours / one.bare)),
  timesUsual: median(seen.map((one) => one.ours / one.usual)),
};
console.log(values.json ? JSON.stringify(report) : report);
bare.end();
usual.end();
await server.stop();
removeFolder(folder);
