import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { HtmlValidate } from 'html-validate';
import { makeLog } from '#platform/log/log.ts';
import { buildServer } from '#web/server.ts';
import { allRoutes, capabilities } from '../src/main/compose.ts';
import { openTestContext, type TestStore } from './support/stores.ts';

const examples = resolve(import.meta.dirname, '../examples/qualifications');

/** What of the markup is not ours to choose: govuk-frontend's own templates. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // The Design System marks up breadcrumbs, lists and landmarks with roles that newer HTML implies.
    'no-redundant-role': 'off',
    // Links that look like buttons, and frames that scroll, are its patterns too.
    'prefer-native-element': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    'no-inline-style': 'error',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
  },
});

describe('every page of an example site', () => {
  let store: TestStore;
  let server: FastifyInstance;
  before(async () => {
    store = await openTestContext('example');
    for (const capability of capabilities) await capability.seedExample?.(store.ctx);
    server = await buildServer({
      name: 'HTQ Toolkit',
      version: '0',
      routes: allRoutes('HTQ Toolkit'),
      navigation: capabilities.flatMap((one) => one.navigation),
      context: store.ctx,
      log: makeLog('silent'),
      ready: async () => {},
      identify: async () => null,
      signInPath: '/sign-in',
    });
  });
  after(async () => {
    await server.close();
    await store.close();
  });

  const assertValid = async (address: string, html: string): Promise<void> => {
    const report = await validator.validateString(html);
    const told = report.results.flatMap((result) =>
      result.messages.map(
        (message) => `${address} ${message.line}:${message.column} ${message.ruleId}: ${message.message}`,
      ),
    );
    assert.deepEqual(told, [], told.join('\n'));
  };

  const pages = [
    '/',
    '/cookies',
    '/accessibility',
    '/standards',
    '/standards?q=network&level=4',
    '/standards?q=nothing-like-this',
    '/standards/ST9001',
    '/standards/ST9001/1.0',
    '/standards/ST9002',
    '/standards/ST0000',
    '/check',
    '/check/workbook',
    '/check/workbook?standard=ST9001+ST9002',
    '/check/workbook?standard=nonsense',
    '/check/examples/network-technician',
    '/check/examples/network-technician-draft',
    '/check/examples/building-services',
    '/nowhere',
  ];
  for (const address of pages)
    it(`${address} is valid HTML with one heading of the first level`, async () => {
      const answer = await server.inject({ method: 'GET', url: address });
      assert.ok(answer.statusCode < 500, answer.body.slice(0, 500));
      assert.equal(answer.body.match(/<h1[\s>]/g)?.length, 1);
      assert.doesNotMatch(answer.body, /undefined|\[object Object\]/);
      await assertValid(address, answer.body);
    });

  it('a wrong file is shown back as valid HTML, whatever is in it', async () => {
    const wrong = readFileSync(join(examples, 'network-technician-draft.json'), 'utf8').replace(
      '"credits": 15',
      '"credits": "<script>alert(1)</script>"',
    );
    const boundary = 'xxBOUNDARYxx';
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="text"\r\n\r\n${wrong}\r\n--${boundary}--\r\n`;
    const answer = await server.inject({
      method: 'POST',
      url: '/check',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload,
    });
    assert.equal(answer.statusCode, 422);
    assert.doesNotMatch(answer.body, /<script>alert/);
    await assertValid('POST /check', answer.body);
  });
});
