/**
 * What `npm test` runs: types, lint, then every test file; SQL tests on each database there is; journeys in a real
 * browser. `npm test -- PATTERN` runs the test files whose path holds it. Ends with one line that counts everything.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '#platform/db/migrate.ts';
import { pgliteOptions, storeOver } from '#platform/db/open-store.ts';
import { migrationFolders } from '../src/main/compose.ts';
import { openBrowser } from './support/browser.ts';
import { type PostgresServer, startDebianPostgres, startEmbeddedPostgres } from './support/postgres-servers.ts';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
const pattern = process.argv[2] ?? '';

const count = { passed: 0, failed: 0, skipped: 0 };

const say = (line: string) => process.stdout.write(`\n── ${line}\n`);

/** A program that must end with status 0, counted as one test. */
const check = (name: string, program: string, words: readonly string[]) => {
  say(name);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...words], { stdio: 'inherit' });
  if (status === 0) count.passed += 1;
  else count.failed += 1;
};

const minutes = 60_000;

/** Runs test files, two at a time, each in a process of its own, with these variables in its environment. */
const runFiles = async (
  name: string,
  files: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> => {
  if (files.length === 0) return;
  say(`${name} (${files.length} ${files.length === 1 ? 'file' : 'files'})`);
  Object.assign(process.env, env);
  const perFile = new Map(files.map((file) => [file, 0]));
  const stream = run({ files: files.map((file) => join(root, file)), concurrency: 2, timeout: 10 * minutes });
  stream.on('test:pass', (event) => {
    const file = event.file?.slice(root.length + 1) ?? '';
    if (event.details.type === 'suite') return;
    perFile.set(file, (perFile.get(file) ?? 0) + 1);
    if (event.skip !== undefined || event.todo !== undefined) count.skipped += 1;
    else count.passed += 1;
  });
  stream.on('test:fail', (event) => {
    const file = event.file?.slice(root.length + 1) ?? '';
    perFile.set(file, (perFile.get(file) ?? 0) + 1);
    if (
      event.details.type !== 'suite' ||
      (event.details.error as { failureType?: string }).failureType !== 'subtestsFailed'
    )
      count.failed += 1;
  });
  await new Promise<void>((done, failed) => {
    stream.on('error', failed);
    stream.compose(new spec()).on('error', failed).on('end', done).pipe(process.stdout, { end: false });
  });
  for (const [file, tests] of perFile)
    if (tests === 0) {
      process.stdout.write(`✖ ${file} ran no test\n`);
      count.failed += 1;
    }
  for (const key of Object.keys(env)) delete process.env[key];
};

const found = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.includes(pattern))
  .sort();
const sqlFiles = found.filter((file) => file.endsWith('.db.test.ts'));
const journeys = found.filter((file) => file.endsWith('.journey.test.ts'));
const plain = found.filter((file) => !sqlFiles.includes(file) && !journeys.includes(file));
/** What may hang on the calendar: domain and pages. */
const datedFiles = plain.filter((file) => file.includes('/domain/') || file.includes('page'));
const nextAcademicYear = '2027-11-23T12:00:00Z';

if (found.length === 0) {
  process.stdout.write(`No test file has "${pattern}" in its path.\n0 passed, 1 failed\n`);
  process.exit(1);
}
if (pattern === '') {
  check('Types', 'typescript/bin/tsc', ['-p', 'tsconfig.json']);
  check('Types of the browser’s modules', 'typescript/bin/tsc', ['-p', 'src/web/assets/tsconfig.json']);
  check('Format and lint', '@biomejs/biome/bin/biome', ['ci', '--colors=off', '--error-on-warnings', '.']);
}

const folder = mkdtempSync(join(tmpdir(), 'htq-test-'));
const template = join(folder, 'store.tar');
const pglite = await PGlite.create(pgliteOptions);
await migrate(storeOver(pglite).db, migrationFolders);
writeFileSync(template, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()));
await pglite.close();
const onPglite = { HTQ_TEST_TEMPLATE: template };

const servers: PostgresServer[] = [];
try {
  await runFiles('Rules, pages and borders', plain, onPglite);
  await runFiles('The same as of the next academic year: domain and pages', datedFiles, {
    ...onPglite,
    HTQ_TEST_NOW: nextAcademicYear,
  });
  await runFiles('SQL on the embedded store', sqlFiles, onPglite);
  if (sqlFiles.length > 0) {
    servers.push(await startEmbeddedPostgres());
    const debian = await startDebianPostgres();
    if (debian) servers.push(debian);
    for (const server of servers)
      await runFiles(`SQL on ${server.name}`, sqlFiles, { HTQ_TEST_SERVER: server.address });
  }
  // Opened once beforehand: the browser from npm unpacks itself, and two files at a time would each start the other's half.
  if (journeys.length > 0) await (await openBrowser()).close();
  await runFiles('Journeys', journeys, {});
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

process.stdout.write(
  `\n${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}\n`,
);
process.exit(count.failed > 0 ? 1 : 0);
