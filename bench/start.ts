/**
 * Time and memory from the start of the server to its first answer: a first start, which makes an example store, and
 * later ones. `node bench/start.ts [--runs 5] [--json]`, with the project's own Node. Installing is not counted.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { freshFolder, removeFolder, startServer } from '../test/support/server.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});

const once = async (folder: string) => {
  const began = performance.now();
  const server = await startServer(folder);
  const answer = await fetch(`${server.address}/`);
  await answer.text();
  const ms = performance.now() - began;
  // Linux tells a process's largest resident size; elsewhere the figure is left out.
  const status = process.platform === 'linux' ? readFileSync(`/proc/${server.process.pid}/status`, 'utf8') : '';
  const peakMiB = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
  await server.stop();
  return { ms: Math.round(ms), peakMiB: Math.round(peakMiB) };
};

const folder = freshFolder();
try {
  const first = await once(folder);
  const later = [];
  for (let run = 0; run < Number(values.runs); run += 1) later.push(await once(folder));
  later.sort((one, other) => one.ms - other.ms);
  const result = { first, laterMedian: later[later.length >> 1], laterMost: later.at(-1) };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else console.table(result);
} finally {
  removeFolder(folder);
}
