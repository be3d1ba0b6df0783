import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { formToken, formTokenField, sessionCookie } from '#web/session.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { jobs } from '../../../main/compose.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('a case of withdrawal', () => {
  let site: Site;
  let editor: Visitor;
  let path: string;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
    const today = site.ctx.clock().toISOString().slice(0, 10);
    const proposed = await site.post(
      '/register/999-0001-1/edit/withdrawal',
      { on: today, reason: 'quality', note: '', basis: 'A decision' },
      editor,
    );
    await site.post(proposed.to.replace('?done=proposed', ''), { decision: 'enter', note: '' }, editor);
    const list = (await site.get('/register/cases', editor)).text;
    path = /href="(\/register\/cases\/[0-9a-f-]+)">Approval of [^<]* is withdrawn/.exec(list)?.[1] ?? assert.fail();
  });
  after(() => site.close());

  /** Brings every event that waits to whoever hears it, until none is left: what a worker does. */
  const deliver = async (): Promise<void> => {
    const job = jobs.find((one) => one.name === 'platform.deliver-event');
    if (job?.kind !== 'stepwise') assert.fail();
    const running = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    for (;;) {
      const { rows } = await sql<{ id: string; data: object }>`
        delete from pgboss.job where id = (select id from pgboss.job where name = 'platform.deliver-event'
          and state = 'created' order by created_on limit 1) returning id, data`.execute(site.ctx.db);
      const [next] = rows;
      if (!next) return;
      await job.run(site.ctx, next.data as never, running);
    }
  };

  it('has its holders told by the mark, which notes whom on the step', async () => {
    assert.match(main((await site.get(path, editor)).text), /The holders of the quality mark are told/);
    assert.doesNotMatch(main((await site.get(path, editor)).text), /people told on/);
    await deliver();
    const page = main((await site.get(path, editor)).text);
    assert.match(
      page,
      /are told, and their credentials taken back: the mark does it<\/strong> <strong class="govuk-tag govuk-tag--green">Done/,
    );
    assert.match(page, /Northfield College: \d (?:person|people) told on \d+ \w+ \d{4}\./);
    const told = (await keptMail(site.ctx, 500)).filter((one) => /The quality mark no longer holds/.test(one.subject));
    assert.ok(told.some((one) => one.to === 'amina.lead@northfield.example'));
  });

  const letter = {
    id: '00000000-0000-4000-8000-0000000000e3',
    toWhom: 'Example Awards and the providers',
    subject: 'Approval is withdrawn',
    text: 'Dear colleagues,\r\n\r\nIt ends today.',
  };

  it('mails a letter once, to whom it is addressed, and says who sent it and when', async () => {
    const page = main((await site.get(path, editor)).text);
    const northfield =
      /value="([0-9a-f-]{36})"[^>]*><label[^>]*>Northfield College \(/.exec(page)?.[1] ?? assert.fail();
    assert.match(page, /Example Awards \(1 person here\)/);
    const before = (await keptMail(site.ctx, 500)).length;
    const wrong = await site.post(`${path}/letter`, { ...letter, addresses: 'nobody at all' }, editor);
    assert.equal(wrong.status, 422);
    assert.match(main(wrong.text), /nobody, at and all: no mail address/);
    assert.match(main(wrong.text), /nobody at all<\/textarea>/);
    assert.equal((await keptMail(site.ctx, 500)).length, before);
    const fields = {
      ...letter,
      organisation: northfield,
      addresses: 'quality@awards.example\r\nquality@awards.example',
    };
    for (const _ of [1, 2]) assert.equal((await site.post(`${path}/letter`, fields, editor)).status, 303);
    const sent = (await keptMail(site.ctx, 500)).filter((one) => one.subject === letter.subject);
    // Ruth leads another provider, and belongs to this one too. Nobody of those who were not ticked.
    assert.deepEqual(sent.map((one) => one.to).toSorted(), [
      'amina.lead@northfield.example',
      'quality@awards.example',
      'ruth.lead@southgate.example',
      'tom.member@northfield.example',
    ]);
    const texts = sent[0]?.body.flatMap((one) => (one.kind === 'text' ? [one.text] : [])) ?? [];
    assert.deepEqual(texts.slice(0, 2), ['Dear colleagues,', 'It ends today.']);
    assert.match(texts.at(-1) ?? '', /Sent by Edward Lin for the register of/);
    assert.match(
      main((await site.get(path, editor)).text),
      /To Example Awards and the providers, [^;]+; mailed by Edward Lin to \d+ (?:person|people) of Northfield College, quality@awards\.example/,
    );
  });

  it('keeps a letter that went another way, and says so', async () => {
    const other = { ...letter, id: '00000000-0000-4000-8000-0000000000e4', subject: 'By post', addresses: '' };
    const before = (await keptMail(site.ctx, 500)).length;
    await site.post(`${path}/letter`, other, editor);
    assert.equal((await keptMail(site.ctx, 500)).length, before);
    assert.match(main((await site.get(path, editor)).text), /kept by Edward Lin, who sent it another way/);
  });

  it('takes both of two organisations that are ticked', async () => {
    const page = main((await site.get(path, editor)).text);
    const ids = [...page.matchAll(/name="organisation" type="checkbox" value="([0-9a-f-]{36})"/g)].map(
      (one) => one[1] ?? '',
    );
    assert.ok(ids.length >= 2);
    const body = new URLSearchParams([
      [formTokenField, formToken(editor.token)],
      ...Object.entries({ ...letter, id: '00000000-0000-4000-8000-0000000000e5', subject: 'To all', addresses: '' }),
      ...ids.map((one) => ['organisation', one]),
    ] as [string, string][]);
    const answer = await site.server.inject({
      method: 'POST',
      url: `${path}/letter`,
      headers: {
        host: 'localhost',
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `${sessionCookie}=${editor.token}`,
      },
      payload: body.toString(),
    });
    assert.equal(answer.statusCode, 303);
    const to = (await keptMail(site.ctx, 500)).filter((one) => one.subject === 'To all').map((one) => one.to);
    assert.equal(new Set(to).size, to.length);
    assert.ok(to.length >= 2);
  });
});
