// npm start, npm test and the like: install what is missing, then hand over to the project's own Node.
import { join } from 'node:path';
import { ensureInstalled, handOver, root } from './toolchain.mjs';

const [verb, ...rest] = process.argv.slice(2);

const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const verbs = {
  start: { dev: false, run: ['src/main/server.ts'] },
  test: { dev: true, run: ['test/run.ts'] },
  format: { dev: true, run: [biome, 'check', '--write'] },
  rows: { dev: true, run: ['test/support/generate-rows.ts'] },
};

const chosen = verbs[verb];
if (!chosen) {
  console.error(`Usage: node bin/launch.mjs ${Object.keys(verbs).join('|')}`);
  process.exit(2);
}
ensureInstalled({ dev: chosen.dev });
handOver([...chosen.run, ...rest], { cwd: root });
