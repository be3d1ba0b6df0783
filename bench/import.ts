/**
 * Import of a feed as large as the published one against `JSON.parse` of the same file, in processes of their own:
 * the first import into a store that exists, a second of the same feed, and a third with every key in another order
 * and other white space. `node bench/import.ts [--megabytes 79] [--json]`, with the project's own Node.
 *
 * The feed is made of the real records in ../shared/data/standards where they are, else of the examples, repeated
 * under new references.
 */
import { spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '79' }, json: { type: 'boolean', default: false } },
});
const bytesWanted = Number(values.megabytes) * 1_000_000;
const root = resolve(import.meta.dirname, '..');
const realFolder = resolve(root, '../shared/data/standards');
const from = existsSync(realFolder) ? realFolder : join(root, 'examples/standards');

const records = globSync('*.json', { cwd: from })
  .sort()
  .map((file) => JSON.parse(readFileSync(join(from, file), 'utf8')) as Record<string, unknown>);

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
};

/** Writes a feed of so many bytes. @returns how many records it has. */
const writeFeed = async (path: string, shape: (record: unknown) => string): Promise<number> => {
  const out = createWriteStream(path);
  let count = 0;
  let bytes = 0;
  const write = async (text: string) => {
    if (!out.write(text)) await new Promise<void>((done) => out.once('drain', () => done()));
  };
  await write('[');
  while (bytes < bytesWanted) {
    const record = { ...records[count % records.length], referenceNumber: `ST${String(count).padStart(5, '0')}` };
    bytes += Buffer.byteLength(JSON.stringify(record));
    await write(`${count > 0 ? ',' : ''}${shape(record)}`);
    count += 1;
  }
  await write(']');
  out.end();
  await finished(out);
  return count;
};

type Measured = { readonly ms: number; readonly peakMiB: number; readonly said: string };

/** Runs a script in a process of its own, which tells its time and peak memory (`ru_maxrss`) itself. */
const measure = (script: string, words: readonly string[], data: string): Measured => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, ...words],
    { cwd: root, env: { ...process.env, HTQ_DATA: data }, encoding: 'utf8', maxBuffer: 1e9 },
  );
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  return {
    ...(JSON.parse(lines.at(-1) ?? '') as { ms: number; peakMiB: number }),
    said: lines.slice(0, -1).join('\n'),
  };
};

const tell = `console.log(JSON.stringify({ ms: performance.now() - began, peakMiB: process.resourceUsage().maxRSS / 1024 }));`;
const parseScript = `import { readFileSync } from 'node:fs';
const began = performance.now(); JSON.parse(readFileSync(process.argv[1], 'utf8')); ${tell}`;
const importScript = `const began = performance.now();
process.argv = [process.argv[0], 'htq', 'import', 'standards', ...process.argv.slice(1)];
await import('./src/main/cli.ts');
process.on('exit', () => { ${tell} });`;

const folder = mkdtempSync(join(tmpdir(), 'htq-bench-import-'));
const data = join(folder, 'data');
const feed = join(folder, 'feed.json');
const other = join(folder, 'turned.json');
const one = join(folder, 'one.json');
try {
  const count = await writeFeed(feed, (record) => JSON.stringify(record));
  await writeFeed(other, (record) => JSON.stringify(turned(record), null, 2));
  measure(importScript, [join(root, 'examples/standards')], data);
  writeFileSync(one, JSON.stringify({ ...records[0], referenceNumber: 'ST99999' }));

  const parse = measure(parseScript, [feed], data);
  const single = measure(importScript, [one], data);
  const first = measure(importScript, [feed], data);
  const second = measure(importScript, [feed], data);
  const third = measure(importScript, [other], data);
  const result = {
    megabytes: Math.round(statSync(feed).size / 1e6),
    records: count,
    parseMs: Math.round(parse.ms),
    firstMs: Math.round(first.ms),
    firstPerParse: Number((first.ms / parse.ms).toFixed(1)),
    secondMs: Math.round(second.ms),
    secondLimitMs: Math.round(4 * parse.ms + 4000),
    turnedMs: Math.round(third.ms),
    oneRecordMiB: Math.round(single.peakMiB),
    firstAboveOneMiB: Math.round(first.peakMiB - single.peakMiB),
    secondAboveOneMiB: Math.round(second.peakMiB - single.peakMiB),
    said: [first.said, second.said, third.said],
  };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else console.table(Object.entries(result).map(([figure, value]) => ({ figure, value: String(value) })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
