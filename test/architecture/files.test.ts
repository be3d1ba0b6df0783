import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = globSync(['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);
// Mail programs know inline styles alone, and no content security policy.
const views = globSync('src/**/*.njk', { cwd: root }).filter((file) => !file.startsWith('src/platform/mail/'));

const longest = 400;
const vagueNames = ['utils', 'helpers', 'common', 'lib', 'services'];
const mostExports = 15;

const sourceProblems = (file: string, text: string): readonly string[] => {
  const problems: string[] = [];
  const lines = text.trimEnd().split('\n').length;
  if (lines > longest) problems.push(`${file} has ${lines} lines: a file holds one concept in at most ${longest}`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z-]+)*\.(?:ts|mjs)$/.test(basename(file)))
    problems.push(`${file}: names are kebab-case`);
  if (file.split('/').some((part) => vagueNames.includes(part.replace(/\.ts$/, ''))))
    problems.push(`${file}: a folder or file is named for what is in it`);
  if (/^export default /m.test(text))
    problems.push(`${file}: no default export, so that a thing has one name everywhere`);
  if (/^(?:export )?(?:const )?enum /m.test(text)) problems.push(`${file}: no enum, types are erased`);
  return problems;
};

const viewProblems = (file: string, text: string): readonly string[] => {
  const problems: string[] = [];
  if (/\|\s*safe\b/.test(text))
    problems.push(`${file}: "| safe" lets markup in unescaped: give the template data instead`);
  if (/\sstyle=["']/.test(text)) problems.push(`${file}: inline styles are refused by the content security policy`);
  if (/\son[a-z]+=["']/.test(text))
    problems.push(`${file}: inline handlers are refused by the content security policy`);
  // JSON-LD is data, which no browser runs.
  if (/<script(?![^>]*(?:\bsrc=|type="application\/ld\+json"))[^>]*>/.test(text))
    problems.push(`${file}: inline scripts are refused by the content security policy`);
  const posts = text.match(/<form[^>]*method=["']post["']/g)?.length ?? 0;
  const tokens = text.match(/\{% include "web\/views\/form-token\.njk" %\}/g)?.length ?? 0;
  if (posts > tokens) problems.push(`${file}: a form that is sent has the form token in it`);
  return problems;
};

const databaseProblems = (file: string, text: string): readonly string[] => {
  const problems: string[] = [];
  if (/\.transaction\(\)/.test(text) && file !== 'src/platform/context.ts')
    problems.push(
      `${file}: ctx.transaction alone begins transactions: an outer db inside Kysely's own hangs the embedded store`,
    );
  if (
    /\b(?:now\(\)|current_timestamp|current_date|localtimestamp)/i.test(
      text.replaceAll(/\b(?:Date|performance|clock)\.now\(\)/g, ''),
    )
  )
    problems.push(`${file}: time is injected, never the database's`);
  return problems;
};

const planted = (problems: readonly string[]): number => problems.length;

test('sources keep to the house’s form', () => {
  assert.ok(sources.length > 60);
  const problems = sources.flatMap((file) => sourceProblems(file, read(file)));
  assert.deepEqual(problems, [], problems.join('\n'));
  assert.equal(
    planted(sourceProblems('src/platform/utils/Thing.ts', `export default 1;\nenum A {}\n${'x\n'.repeat(longest)}`)),
    5,
  );
});

test('views escape everything and carry no inline style or script', () => {
  assert.ok(views.length > 5);
  const problems = views.flatMap((file) => viewProblems(file, read(file)));
  assert.deepEqual(problems, [], problems.join('\n'));
  assert.equal(
    planted(viewProblems('x.njk', '<p style="a" onclick="b">{{ c | safe }}</p><script>d</script><form method="post">')),
    5,
  );
});

test('transactions and time come from the context', () => {
  const files = [...sources.filter((file) => file.startsWith('src/')), ...globSync('src/**/*.sql', { cwd: root })];
  const problems = files.flatMap((file) => databaseProblems(file, read(file)));
  assert.deepEqual(problems, [], problems.join('\n'));
  assert.equal(planted(databaseProblems('src/x.ts', 'db.transaction().execute(); sql`select now()`')), 2);
});

test('a front door is hand-picked', () => {
  const doors = globSync('src/capabilities/*/index.ts', { cwd: root });
  assert.ok(doors.length >= 2);
  for (const door of doors) {
    const names = [...read(door).matchAll(/\{([^}]*)\}/g)].flatMap((match) =>
      (match[1] ?? '').split(',').filter((name) => name.trim() !== ''),
    );
    assert.ok(names.length < mostExports, `${door} exports ${names.length}: fewer than ${mostExports}, picked by hand`);
  }
});
