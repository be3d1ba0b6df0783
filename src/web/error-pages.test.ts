import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { visitor } from '#kernel/actor.ts';
import { makeContext } from '#platform/context.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers, OutOfTime, PoolFull } from '#platform/workers/pool.ts';
import { page, view } from './answer.ts';
import { prepareAssets, withoutGdsTransport } from './assets.ts';
import { WebProblem } from './errors/web-problem.ts';
import type { Route } from './route.ts';
import { buildServer } from './server.ts';

const statuses = [400, 403, 404, 409, 413, 429, 500, 503] as const;

const route = (path: string, handle: Route['handle'], perMinute?: number): Route => ({
  method: 'GET',
  path,
  access: 'anyone',
  audit: `test.${path.slice(1)}`,
  handle,
  ...(perMinute === undefined ? {} : { perMinute }),
});

describe('error pages', () => {
  let server: FastifyInstance;
  const lines: string[] = [];
  before(async () => {
    // These routes ask nothing of a store.
    const context = makeContext({
      db: null as never,
      clock: () => new Date(),
      storeKind: 'own',
      workers: inlineWorkers,
      name: 'Test site',
      address: 'http://localhost',
      jobs: null as never,
      mail: null,
      issuers: [],
      exampleToken: null,
      personalData: [],
      references: null as never,
      actor: visitor,
      door: 'page',
    });
    server = await buildServer({
      name: 'Test site',
      version: '0',
      routes: [
        ...statuses.map((status) => route(`/fails-${status}`, () => Promise.reject(new WebProblem(status)))),
        route('/breaks', () => Promise.reject(new Error('secret in the stack'))),
        route('/holds/:text', () => Promise.reject(new Error('asked of the store'))),
        route('/full', () => Promise.reject(new PoolFull('full'))),
        route('/late', () => Promise.reject(new OutOfTime('late'))),
        route('/often', () => page(view('web/pages/cookies/page.njk'), {}, { title: 'Cookies' }), 2),
      ],
      navigation: [],
      context,
      log: makeLog('info', { write: (line) => lines.push(line) }),
      ready: () => Promise.reject(new Error('down')),
      identify: async () => null,
      signInPath: '/sign-in',
    });
  });
  after(() => server.close());

  const get = (url: string) => server.inject({ method: 'GET', url });

  for (const status of statuses)
    it(`${status} says what happened and what to do`, async () => {
      const answer = await get(`/fails-${status}`);
      assert.equal(answer.statusCode, status);
      assert.match(answer.headers['content-type'] as string, /text\/html/);
      assert.match(answer.body, /<h1 class="govuk-heading-xl">[A-Z][^<]+<\/h1>/);
      assert.match(answer.body, /<main/);
    });

  it('400 where an address holds what no text can hold, before anything is asked with it', async () => {
    for (const url of ['/holds/a%00b', '/holds/a?q=%00']) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 400, url);
      assert.match(answer.body, /<h1/);
    }
    assert.equal((await get('/holds/a')).statusCode, 500);
  });

  it('a fault of ours shows a number that stands in the log, and none of its words', async () => {
    const answer = await get('/breaks');
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body, /secret/);
    const number = /For whoever runs this instance: ([^<]+)</.exec(answer.body)?.[1];
    assert.ok(
      number && lines.some((line) => line.includes(`"request":"${number}"`) && line.includes('secret in the stack')),
    );
  });

  it('a full pool and work that ran out of time are 503, with when to come back', async () => {
    for (const url of ['/full', '/late']) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 503);
      assert.equal(answer.headers['retry-after'], '30');
    }
  });

  it('too many requests from one network are 429, in our words', async () => {
    assert.equal((await get('/often')).statusCode, 200);
    assert.equal((await get('/often')).statusCode, 200);
    const answer = await get('/often');
    assert.equal(answer.statusCode, 429);
    assert.match(answer.body, /Too many requests/);
  });

  it('an address that cannot be decoded is 400, and one that is not there 404', async () => {
    assert.equal((await get('/%ZZ')).statusCode, 400);
    assert.match((await get('/%ZZ')).body, /could not be read/);
    assert.equal((await get('/nothing?q=private')).statusCode, 404);
  });

  it('the log has route patterns, never what was asked for', () => {
    assert.ok(lines.length > 5);
    assert.ok(lines.every((line) => !line.includes('private')));
  });

  it('healthz answers while the process lives, readyz only with the store', async () => {
    assert.equal((await get('/healthz')).statusCode, 200);
    assert.equal((await get('/readyz')).statusCode, 503);
  });

  it('sends no referrer, allows no framing and no script but its own', async () => {
    const { headers } = await get('/often');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(headers['content-security-policy'] as string, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers['content-security-policy'] as string, /unsafe/);
    assert.equal(headers['set-cookie'], undefined);
  });
});

describe('assets', () => {
  const assets = prepareAssets();
  const style = assets.all.find((asset) => asset.path === assets.address('style.css'))?.body.toString() ?? '';

  it('have nothing of GDS Transport in them', () => {
    assert.doesNotMatch(style, /GDS Transport|@font-face/);
    assert.ok((style.match(/var\(--htq-font\)/g)?.length ?? 0) > 50);
    assert.equal(
      withoutGdsTransport('a{font-family:GDS Transport,arial,sans-serif}'),
      'a{font-family:var(--htq-font)}',
    );
  });

  it('have an address that changes with their content', () => {
    assert.match(assets.address('style.css'), /^\/assets\/style-[0-9a-f]{12}\.css$/);
    assert.throws(() => assets.address('nothing.css'), /no asset called/);
  });
});
