import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Context, makeContext, type StoreKind } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore } from '#platform/db/open-store.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { buildServer } from '#web/server.ts';
import { standards } from '../../src/capabilities/standards/capability.ts';
import { type ImportReport, importStandards } from '../../src/capabilities/standards/use-cases/import-standards.ts';
import { migrationFolders } from '../../src/main/compose.ts';

/** The part of a browser's document that the tests read; queries by role come from Testing Library. */
type ReadDocument = {
  readonly body: never;
  readonly title: string;
  readonly querySelectorAll: (selector: string) => Iterable<ReadElement>;
  readonly querySelector: (selector: string) => ReadElement | null;
};
export type ReadElement = {
  readonly textContent: string;
  readonly id: string;
  readonly getAttribute: (name: string) => string | null;
};

export type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly document: ReadDocument;
};

export type StandardsSite = {
  readonly ctx: Context;
  /** Imports records; `at` is the instant that the store notes. */
  readonly load: (records: readonly unknown[], at?: Date) => Promise<ImportReport>;
  readonly get: (address: string) => Promise<Got>;
  readonly close: () => Promise<void>;
};

// jsdom comes without types; this is all that is used of it.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  readonly JSDOM: new (html: string) => { readonly window: { readonly document: ReadDocument } };
};

const fixedInstant = new Date('2026-11-23T12:00:00Z');

/** A site of the standards alone over an embedded store of its own. Close it: an open store holds the run. */
export const openStandardsSite = async (storeKind: StoreKind = 'example'): Promise<StandardsSite> => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-standards-'));
  const store = await openEmbeddedStore(folder);
  await migrate(store.db, migrationFolders);
  let instant = fixedInstant;
  const ctx = makeContext({ db: store.db, clock: () => instant, storeKind, workers: inlineWorkers });
  const server = await buildServer({
    name: 'HTQ Toolkit',
    version: '0.0.0',
    routes: standards.routes,
    navigation: standards.navigation,
    context: ctx,
    log: makeLog('silent'),
    ready: async () => {},
  });
  return {
    ctx,
    load: (records, at = fixedInstant) => {
      instant = at;
      const bytes = Buffer.from(JSON.stringify(records));
      const source = {
        name: 'made up',
        size: bytes.length,
        open: async () =>
          (async function* () {
            yield bytes;
          })(),
      };
      return importStandards(ctx, [source], () => {}, new AbortController().signal);
    },
    get: async (address) => {
      const answer = await server.inject({ method: 'GET', url: address });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        get document() {
          return new JSDOM(answer.body).window.document;
        },
      };
    },
    close: async () => {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
