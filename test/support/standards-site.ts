import { createRequire } from 'node:module';
import type { Context, StoreKind } from '#platform/context.ts';
import { makeLog } from '#platform/log/log.ts';
import { buildServer } from '#web/server.ts';
import { standards } from '../../src/capabilities/standards/capability.ts';
import { type ImportReport, importStandards } from '../../src/capabilities/standards/use-cases/import-standards.ts';
import { openTestContext, testInstant } from './stores.ts';

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

/** A site of the standards alone over a store of its own. Close it: an open store holds the run. */
export const openStandardsSite = async (storeKind: StoreKind = 'example'): Promise<StandardsSite> => {
  let instant = testInstant;
  const store = await openTestContext(storeKind, () => instant);
  const { ctx } = store;
  const server = await buildServer({
    name: 'HTQ Toolkit',
    version: '0.0.0',
    routes: standards.routes,
    navigation: standards.navigation,
    context: ctx,
    log: makeLog('silent'),
    ready: async () => {},
    identify: async () => null,
    signInPath: '/sign-in',
  });
  return {
    ctx,
    load: (records, at = testInstant) => {
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
    },
  };
};
