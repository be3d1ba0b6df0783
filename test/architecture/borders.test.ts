import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

/** A room of the house, as the table of borders knows it. */
type Room =
  | 'kernel'
  | 'platform'
  | 'web'
  | 'main'
  | 'domain'
  | 'use-cases'
  | 'store'
  | 'edge' // pages, api, jobs, cli
  | 'paths'
  | 'policy'
  | 'front-door'; // index, capability

type Place = { readonly room: Room; readonly capability: string | null };

/** What a capability may ask of another: all may use accounts. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  standards: [],
  register: ['standards'],
  alignment: ['standards', 'register'],
  practice: ['standards'],
  readiness: ['standards', 'register', 'alignment', 'practice'],
  employers: ['standards', 'register', 'events'],
  'quality-mark': ['register'],
  fund: ['register', 'readiness'],
  events: [],
  'have-your-say': [],
  guidance: [],
  accounts: [],
};

type Import = { readonly target: string; readonly typeOnly: boolean; readonly line: number };

const placeOf = (file: string): Place => {
  const [, top, name, inner] = file.split('/');
  if (top !== 'capabilities') return { room: top as Room, capability: null };
  const capability = name ?? '';
  const bare = (inner ?? '').replace(/\.ts$/, '');
  if (bare === 'domain' || bare === 'use-cases' || bare === 'store') return { room: bare, capability };
  if (bare === 'paths' || bare === 'policy') return { room: bare, capability };
  if (bare === 'index' || bare === 'capability') return { room: 'front-door', capability };
  return { room: 'edge', capability };
};

/** Whole import statements with their line; `typeOnly` where nothing is imported but types. */
const importsOf = (source: string): readonly Import[] => {
  const found: Import[] = [];
  const pattern = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?'([^']+)'/gms;
  for (const match of source.matchAll(pattern)) {
    const names =
      /\{([^}]*)\}/
        .exec(match[2] ?? '')?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    const typeOnly = match[1] !== undefined || (names.length > 0 && names.every((name) => name.startsWith('type ')));
    found.push({ target: match[3] ?? '', typeOnly, line: source.slice(0, match.index).split('\n').length });
  }
  for (const match of source.matchAll(/\bimport\('([^']+)'\)/g))
    found.push({ target: match[1] ?? '', typeOnly: false, line: source.slice(0, match.index).split('\n').length });
  return found;
};

/** The file that an import means, below the root; `null` for a package. */
const resolved = (file: string, target: string): string | null => {
  if (target.startsWith('#cap/')) return `src/capabilities/${target.slice(5)}/index.ts`;
  if (target.startsWith('#')) return `src/${target.slice(1)}`;
  if (target.startsWith('.')) return relative(root, join(root, dirname(file), target));
  return null;
};

/** Which rooms each room may import, with what to say to one who would. */
const table: Readonly<
  Record<Room, { readonly may: readonly Room[]; readonly packages: boolean | readonly string[]; readonly why: string }>
> = {
  kernel: { may: ['kernel'], packages: false, why: 'the kernel is the words everyone speaks: it depends on nothing' },
  platform: {
    may: ['kernel', 'platform'],
    packages: true,
    why: 'the platform is machinery that knows nothing of HTQs or of pages',
  },
  web: { may: ['kernel', 'platform', 'web'], packages: true, why: 'the shell serves every capability and knows none' },
  main: {
    may: ['kernel', 'platform', 'web', 'main', 'front-door', 'domain', 'use-cases', 'store', 'edge', 'paths', 'policy'],
    packages: true,
    why: 'main may import everything',
  },
  domain: {
    may: ['kernel', 'domain'],
    packages: ['zod'],
    why: 'rules stay pure: kernel, Zod and types of a permitted neighbour’s front door; no database, no web, no clock',
  },
  'use-cases': {
    may: ['kernel', 'platform', 'domain', 'store', 'use-cases', 'policy', 'paths'],
    packages: true,
    why: 'an act knows its domain, store, policy and addresses (mails link to them), the platform and permitted neighbours’ front doors; a page calls it, never the other way',
  },
  store: {
    may: ['kernel', 'platform', 'domain', 'store'],
    packages: ['kysely'],
    why: 'the store turns rows into domain values and knows no act',
  },
  edge: {
    may: ['kernel', 'platform', 'web', 'domain', 'use-cases', 'paths', 'policy', 'edge'],
    packages: true,
    why: 'pages, API, jobs and commands call use-cases; SQL stands in the store',
  },
  paths: {
    may: ['kernel', 'paths'],
    packages: false,
    why: 'addresses depend on nothing, so that anyone may link to them',
  },
  policy: {
    may: ['kernel', 'domain', 'policy'],
    packages: false,
    why: 'who may do what is a pure rule, asked by page, API and command alike',
  },
  'front-door': {
    may: ['kernel', 'platform', 'web', 'domain', 'use-cases', 'store', 'edge', 'paths', 'policy', 'front-door'],
    packages: true,
    why: 'a front door hands on its own capability’s files',
  },
};

export const refusalOf = (file: string, one: Import): string | null => {
  const from = placeOf(file);
  const rule = table[from.room];
  const refuse = (reason: string) => `${file}:${one.line} imports ${one.target}: ${reason}`;
  const target = resolved(file, one.target);
  if (target === null) {
    if (rule.packages === true || one.target.startsWith('node:'))
      return from.room === 'domain' && one.target.startsWith('node:') ? refuse(rule.why) : null;
    if (rule.packages !== false && rule.packages.includes(one.target)) return null;
    return refuse(rule.why);
  }
  if (target.startsWith('data/'))
    return from.room === 'use-cases' || from.room === 'main'
      ? null
      : refuse('dated reference data is read by an act, which hands it on');
  const to = placeOf(target);
  if (to.room === 'main' && from.room !== 'main')
    return refuse('nothing imports main: it knows everyone, and nobody knows it');
  if (to.capability === null || to.capability === from.capability || from.room === 'main') {
    if (to.capability !== null && from.capability === null && from.room !== 'main') return refuse(rule.why);
    return rule.may.includes(to.room) ? null : refuse(rule.why);
  }
  // From here on: another capability's file.
  if (from.capability === null) return refuse(rule.why);
  if (to.capability !== 'accounts' && !neighbours[from.capability]?.includes(to.capability))
    return refuse(
      `${to.capability} is no permitted neighbour of ${from.capability}: use a reference or a recorded event`,
    );
  if (to.room === 'paths')
    return from.room === 'edge' || from.room === 'front-door'
      ? null
      : refuse('only pages and commands link to a neighbour’s addresses');
  if (!target.endsWith('/index.ts'))
    return refuse(`only ${to.capability}’s front door, #cap/${to.capability}, is open to neighbours`);
  if (from.room === 'domain' && !one.typeOnly) return refuse('a domain takes types alone from a neighbour');
  if (from.room === 'store' || from.room === 'paths') return refuse(rule.why);
  return null;
};

const sources = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.d.ts') && !file.startsWith('src/web/assets/'));

test('no file imports across a border', () => {
  assert.ok(sources.length > 50, 'the sources were not found');
  const refusals = sources.flatMap((file) =>
    importsOf(readFileSync(join(root, file), 'utf8')).flatMap((one) => refusalOf(file, one) ?? []),
  );
  assert.deepEqual(refusals, [], refusals.join('\n'));
});

test('what would cross a border is refused with its reason', () => {
  const said = (file: string, line: string) =>
    importsOf(line)
      .map((one) => refusalOf(file, one))
      .join();
  assert.match(said('src/kernel/money.ts', "import { z } from 'zod';"), /depends on nothing/);
  assert.match(said('src/platform/db/x.ts', "import { page } from '#web/answer.ts';"), /knows nothing of HTQs/);
  assert.match(said('src/web/x.ts', "import { standards } from '#cap/standards';"), /knows none/);
  assert.match(
    said('src/capabilities/alignment/domain/x.ts', "import { readStandard } from '#cap/standards';"),
    /types alone/,
  );
  assert.equal(said('src/capabilities/alignment/domain/x.ts', "import type { Ksb } from '#cap/standards';"), '');
  assert.equal(
    said('src/capabilities/alignment/domain/x.ts', "import { type Ksb, type Duty } from '#cap/standards';"),
    '',
  );
  assert.match(
    said('src/capabilities/alignment/domain/x.ts', "import { readFile } from 'node:fs/promises';"),
    /rules stay pure/,
  );
  assert.match(said('src/capabilities/alignment/domain/x.ts', "import { sql } from 'kysely';"), /rules stay pure/);
  assert.match(
    said('src/capabilities/alignment/use-cases/x.ts', "import { x } from '../../standards/store/rows.ts';"),
    /front door/,
  );
  assert.match(
    said('src/capabilities/standards/use-cases/x.ts', "import { checkQualification } from '#cap/alignment';"),
    /no permitted neighbour/,
  );
  assert.match(
    said('src/capabilities/standards/pages/x.ts', "import { y } from '../store/find-standards.ts';"),
    /SQL stands in the store/,
  );
  assert.match(
    said('src/capabilities/standards/use-cases/x.ts', "import { y } from '../pages/routes.ts';"),
    /never the other way/,
  );
  assert.match(said('src/web/x.ts', "import rules from '../../data/approval-criteria.json';"), /read by an act/);
  assert.match(said('src/web/x.ts', "import { version } from '../main/compose.ts';"), /nothing imports main/);
  assert.equal(
    said('src/capabilities/alignment/pages/x.ts', "import { standardPath } from '../../standards/paths.ts';"),
    '',
  );
});
