import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { jwtVerify } from 'jose';
import { type MailServer, openMailServer } from '../../../test/support/mail-server.ts';
import { openTestContext, type TestStore } from '../../../test/support/stores.ts';
import { type Context, makeContext } from '../context.ts';
import { NoFurtherTry, type RunningJob } from '../jobs/job.ts';
import { readAddress } from './address.ts';
import type { Mail } from './mail.ts';
import { notifyTransport } from './notify.ts';
import { deliverMail, keptMail, listMail, sendAgain, sendMail } from './outbox.ts';
import { smtpTransport } from './smtp.ts';
import type { MailTransport } from './transport.ts';

const mailTo = (address: string): Mail => ({
  name: 'test.greeting',
  to: { address, name: 'Zoë, "The" <Boss>' },
  person: null,
  unsubscribe: 'https://toolkit.example/subscriptions/x/unsubscribe',
  subject: 'Ünïcode & <b>markup</b>',
  body: [
    { kind: 'text', text: 'Tea & <scones> at 4.' },
    { kind: 'code', code: '012345' },
    { kind: 'link', text: 'Look', href: 'https://toolkit.example/x?a=1&b=2' },
    { kind: 'list', items: ['one', 'two'] },
  ],
});

const job = (lastTry = false): RunningJob => ({
  id: 'test',
  lastTry,
  signal: new AbortController().signal,
  progress: async () => {},
});

describe('mail', () => {
  let store: TestStore;
  let server: MailServer;
  let smtp: MailTransport;
  let ctx: Context;
  before(async () => {
    server = await openMailServer();
    smtp = smtpTransport(server.address, 'HTQ Toolkit <toolkit@toolkit.example>', 1_000);
    store = await openTestContext('own', undefined, smtp);
    ctx = store.ctx;
  });
  after(async () => {
    smtp.close();
    await store.close();
    await server.close();
  });

  const post = async (address: string): Promise<string> => {
    await ctx.transaction((inside) => sendMail(inside, mailTo(address)));
    const found = (await listMail(ctx, 'waiting', 100)).find((one) => one.to === address);
    assert.ok(found);
    return found.id;
  };
  const stateOf = async (id: string) => (await listMail(ctx, null, 100)).find((one) => one.id === id);
  const deliver = (id: string, lastTry = false, by: Context = ctx) =>
    deliverMail.kind === 'stepwise' ? deliverMail.run(by, { mail: id }, job(lastTry)) : assert.fail();

  it('leaves with the act that sends it, or not at all', async () => {
    await assert.rejects(sendMail(ctx, mailTo('a@college.example')), /transaction of the act/);
    await assert.rejects(
      ctx.transaction(async (inside) => {
        await sendMail(inside, mailTo('rolled.back@college.example'));
        throw new Error('the act failed');
      }),
    );
    assert.equal((await listMail(ctx, null, 100)).length, 0);
    assert.equal((await ctx.jobs.counts()).waiting, 0);
  });

  it('arrives as text and HTML made from one list, and is then emptied', async () => {
    const id = await post('reader@college.example');
    assert.equal(await deliver(id), 'Handed to the mail server.');
    const [mail] = server.taken;
    assert.equal(mail?.subject, 'Ünïcode & <b>markup</b>');
    assert.match(
      mail?.text ?? '',
      /Tea & <scones> at 4\.\n\n {4}012345\n\nLook:\nhttps:\/\/toolkit\.example\/x\?a=1&b=2\n\n- one\n- two/,
    );
    assert.match(String(mail?.html), /Tea &amp; &lt;scones&gt; at 4\./);
    assert.match(String(mail?.html), /href="https:\/\/toolkit\.example\/x\?a=1&amp;b=2"/);
    assert.equal(mail?.messageId, `<${id}@127.0.0.1>`);
    assert.equal(mail?.headers.get('auto-submitted'), 'auto-generated');
    assert.match(JSON.stringify(mail?.headers.get('list')), /subscriptions\/x\/unsubscribe/);
    assert.match(String(mail?.headerLines.find((one) => one.key === 'list-unsubscribe-post')?.line), /One-Click/);
    assert.deepEqual(server.recipients, ['reader@college.example']);
    assert.equal((await stateOf(id))?.state, 'sent');
    const { rows } = await ctx.db
      .withTables<{ 'platform.mail': { id: string; body: unknown } }>()
      .selectFrom('platform.mail')
      .select('body')
      .where('id', '=', id)
      .execute()
      .then((found) => ({ rows: found }));
    assert.equal(rows[0]?.body, null);
    assert.equal(await deliver(id), 'The message had been dealt with already.', 'run twice, it is sent once');
    assert.equal(server.taken.length, 1);
  });

  it('refused for good: no further try, shown, and sent again when told to', async () => {
    const id = await post('nobody@college.example');
    await assert.rejects(deliver(id), NoFurtherTry);
    const seen = await stateOf(id);
    assert.equal(seen?.state, 'failed');
    assert.match(seen?.problem ?? '', /refused it for good \(550\)/);
    assert.equal(await ctx.transaction((inside) => sendAgain(inside, id)), true);
    assert.equal((await stateOf(id))?.state, 'waiting');
    assert.equal(await ctx.transaction((inside) => sendAgain(inside, 'no-such-id')), false);
  });

  it('put off: waits, and leaves the next time', async () => {
    const id = await post('later@college.example');
    await assert.rejects(deliver(id), /put it off \(451\)/);
    assert.equal((await stateOf(id))?.state, 'waiting');
    await deliver(id);
    assert.equal((await stateOf(id))?.state, 'sent');
  });

  for (const [name, words] of [
    ['hangs', /could not be used|put it off/],
    ['dies', /could not be used/],
  ] as const)
    it(`a server that ${name} in the middle: it waits, and after the last try it has failed, with the reason`, async () => {
      const id = await post(`${name}@college.example`);
      await assert.rejects(deliver(id), words);
      assert.equal((await stateOf(id))?.state, 'waiting');
      await assert.rejects(deliver(id, true), words);
      const seen = await stateOf(id);
      assert.equal(seen?.state, 'failed');
      assert.equal(seen?.tries, 2);
    });

  it('a server that is not there is named so, without its address', async () => {
    const id = await post('reader2@college.example');
    const gone = smtpTransport('smtp://user:secret@127.0.0.1:9', 'x@y.example', 500);
    await assert.rejects(deliver(id, false, makeContext({ ...ctx, mail: gone })), (error: Error) => {
      assert.match(error.message, /could not be used \(ECONNREFUSED|ESOCKET/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });

  it('no mail set up: a store of one’s own lets it wait; an example store keeps it for its mailbox', async () => {
    const none = makeContext({ ...ctx, mail: null });
    const id = await post('reader3@college.example');
    await assert.rejects(deliver(id, false, none), /No mail is set up/);
    assert.equal((await stateOf(id))?.state, 'waiting');
    assert.deepEqual(await keptMail(none, 10), []);
    const example = makeContext({ ...none, storeKind: 'example' });
    await example.transaction((inside) => sendMail(inside, mailTo('sam@home.example')));
    assert.equal((await keptMail(example, 10))[0]?.to, 'sam@home.example');
  });

  it('takes one plain address, and nothing that would become two or a header', () => {
    assert.equal(readAddress(' Some.One+tag@College.AC.uk '), 'some.one+tag@college.ac.uk');
    for (const wrong of [
      'a@x.example\r\nBcc: evil@x.example',
      'a@x.example,b@x.example',
      'Name <a@x.example>',
      'a@localhost',
      'a b@x.example',
      '"a b"@x.example',
      '@x.example',
      'a@x..example',
      `${'a'.repeat(65)}@x.example`,
      `a@${'x'.repeat(250)}.example`,
    ])
      assert.equal(readAddress(wrong), null, wrong);
  });
});

describe('mail by GOV.UK Notify', () => {
  const service = '26785a09-ab16-4eb0-8407-a37497a57506';
  const secret = '3d844edf-8d35-48ac-975b-e847b4f122b0';
  const outgoing = {
    id: 'the-id',
    to: { address: 'reader@college.example', name: null },
    subject: 'Hello',
    unsubscribe: null,
    written: { text: 't', html: 'h', markdown: 'm' },
    calendar: null,
  };

  it('signs each request as Notify wants it, and tells lasting refusals from others', async () => {
    const seen: { readonly claims: unknown; readonly body: unknown }[] = [];
    let status = 201;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });
      seen.push({ claims: payload.iss, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const notify = notifyTransport(`main-${service}-${secret}`, 'template-id', address);
    await notify.send(outgoing);
    assert.deepEqual(seen, [
      {
        claims: service,
        body: {
          email_address: 'reader@college.example',
          template_id: 'template-id',
          personalisation: { subject: 'Hello', body: 'm' },
          reference: 'the-id',
        },
      },
    ]);
    status = 429;
    await assert.rejects(notify.send(outgoing), { name: 'Error', message: 'GOV.UK Notify answered 429.' });
    status = 400;
    await assert.rejects(notify.send(outgoing), { name: 'MailRefused' });
    server.close();
  });

  it('refuses a key of another shape without repeating it', () => {
    assert.throws(() => notifyTransport('not-a-key', 't'), /NAME-SERVICE-SECRET/);
  });
});
