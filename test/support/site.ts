import type { FastifyInstance } from 'fastify';
import type { Context, StoreKind } from '#platform/context.ts';
import { makeLog } from '#platform/log/log.ts';
import { buildServer } from '#web/server.ts';
import { formToken, formTokenField, sessionCookie } from '#web/session.ts';
import { signInAsExample } from '../../src/capabilities/accounts/use-cases/example-people.ts';
import { openSession } from '../../src/capabilities/accounts/use-cases/sessions.ts';
import { allRoutes, capabilities, seedOrder } from '../../src/main/compose.ts';
import { openTestContext, testInstant } from './stores.ts';

/** A visitor's browser, as far as cookies go: `token` is the session's, empty for nobody. */
export type Visitor = { readonly token: string; readonly cookies: Readonly<Record<string, string>> };

export const nobody: Visitor = { token: '', cookies: {} };

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly to: string;
  /** Cookies that the answer sets, by name; an emptied one is "". */
  readonly cookies: Readonly<Record<string, string>>;
  readonly setCookie: readonly string[];
};

export type Site = {
  readonly ctx: Context;
  readonly server: FastifyInstance;
  readonly setTime: (instant: Date) => void;
  /** Signs in as the example person whose address begins so. */
  readonly as: (address: string) => Promise<Visitor>;
  readonly get: (path: string, who?: Visitor, headers?: Readonly<Record<string, string>>) => Promise<Answered>;
  /** Sends a form, with its token when signed in; a field that is ticked several times has several values. */
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    who?: Visitor,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answered>;
  /** Sends a form with one file in its field `file`, with its token when signed in. */
  readonly upload: (
    path: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly name: string; readonly bytes: Uint8Array },
    who?: Visitor,
  ) => Promise<Answered>;
  readonly close: () => Promise<void>;
};

const cookieHeader = ({ token, cookies }: Visitor): Readonly<Record<string, string>> => {
  const all = { ...cookies, ...(token ? { [sessionCookie]: token } : {}) };
  const text = Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  return text === '' ? {} : { cookie: text };
};

/** The whole site over a store of its own, with the examples in it. Close it: an open store holds the run. */
export const openSite = async (storeKind: StoreKind = 'example'): Promise<Site> => {
  let now = testInstant;
  const store = await openTestContext(storeKind, () => now);
  for (const capability of seedOrder) await capability.seed?.(store.ctx);
  if (storeKind === 'example') for (const capability of seedOrder) await capability.seedExample?.(store.ctx);
  const server = await buildServer({
    name: 'HTQ Toolkit',
    version: '0.0.0',
    routes: allRoutes('HTQ Toolkit'),
    navigation: capabilities.flatMap((one) => one.navigation),
    context: store.ctx,
    log: makeLog('silent'),
    ready: async () => {},
    identify: openSession,
    signInPath: '/sign-in',
  });
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Readonly<Record<string, string>>,
    payload?: string | Buffer,
  ): Promise<Answered> => {
    const answer = await server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const setCookie = [answer.headers['set-cookie'] ?? []].flat();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      to: String(answer.headers.location ?? ''),
      setCookie,
      cookies: Object.fromEntries(
        setCookie.map((one) => {
          const [pair = ''] = one.split(';');
          const at = pair.indexOf('=');
          return [pair.slice(0, at), pair.slice(at + 1)];
        }),
      ),
    };
  };
  return {
    ctx: store.ctx,
    server,
    setTime: (instant) => {
      now = instant;
    },
    as: async (address) => {
      const token = await signInAsExample(store.ctx, address, 'test');
      if (token === null) throw new Error(`There is no example person ${address}`);
      return { token, cookies: {} };
    },
    get: (path, who = nobody, headers = {}) =>
      send('GET', path, { host: 'localhost', ...cookieHeader(who), ...headers }),
    post: (path, fields, who = nobody, headers = {}) =>
      send(
        'POST',
        path,
        {
          host: 'localhost',
          'content-type': 'application/x-www-form-urlencoded',
          ...cookieHeader(who),
          ...headers,
        },
        new URLSearchParams(
          Object.entries({ ...(who.token ? { [formTokenField]: formToken(who.token) } : {}), ...fields }).flatMap(
            ([name, value]) => [value].flat().map((one) => [name, one] as [string, string]),
          ),
        ).toString(),
      ),
    upload: (path, fields, file, who = nobody) => {
      const boundary = 'a-boundary-of-the-tests';
      const all = { ...(who.token ? { [formTokenField]: formToken(who.token) } : {}), ...fields };
      const parts = Object.entries(all).map(
        ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
      return send(
        'POST',
        path,
        { host: 'localhost', 'content-type': `multipart/form-data; boundary=${boundary}`, ...cookieHeader(who) },
        Buffer.concat([
          Buffer.from(parts.join('') + head),
          Buffer.from(file.bytes),
          Buffer.from(`\r\n--${boundary}--\r\n`),
        ]),
      );
    },
    close: async () => {
      await server.close();
      await store.close();
    },
  };
};
