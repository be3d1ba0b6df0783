import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { formToken, formTokenField, sessionCookie } from '#web/session.ts';
import { enterInRegister } from '../../../../test/support/register.ts';
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

  it('takes no step that is none, keeps what was typed, and what was done on a step meanwhile', async () => {
    const step = { due: '24/12/2026', owner: '', note: 'By post' };
    for (const place of ['1.5', '1e30', '-1', '99', 'x'])
      assert.equal((await site.post(`${path}/step`, { ...step, place }, editor)).status, 404, place);
    const wrong = await site.post(`${path}/step`, { ...step, place: '1', due: 'soon', done: 'yes' }, editor);
    assert.equal(wrong.status, 422);
    assert.match(main(wrong.text), /id="due-1"[^>]*value="soon"/);
    assert.match(main(wrong.text), /id="note-1"[^>]*>By post<\/textarea>/);
    assert.match(main(wrong.text), /id="done-1"[^>]* checked/);
    const opened = main((await site.get(path, editor)).text);
    const seen = /name="place" value="1"><input type="hidden" name="seen" value="([^"]+)"/.exec(opened)?.[1] ?? '';
    assert.equal((await site.post(`${path}/step`, { ...step, place: '1', seen }, editor)).status, 303);
    const late = await site.post(`${path}/step`, { ...step, place: '1', note: 'By telephone', seen }, editor);
    assert.equal(late.status, 422);
    assert.match(main(late.text), /Something was done on this step meanwhile/);
    assert.match(main(late.text), /id="note-1"[^>]*>By telephone<\/textarea>/);
    assert.match(main((await site.get(path, editor)).text), /<br>By post/);
  });

  it('is listed with its next step, what is due soonest first', async () => {
    const list = main((await site.get('/register/cases', editor)).text);
    const days = [...(list.split('Closed')[0] ?? '').matchAll(/Next: [^<]*, by (\d+ \w+ \d{4})/g)].map((one) =>
      Date.parse(one[1] ?? ''),
    );
    assert.ok(days.length > 1);
    assert.deepEqual(
      days,
      days.toSorted((a, b) => a - b),
    );
  });
});

describe('a withdrawal for one occupation of two', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());
  const enter = (what: string, fields: Readonly<Record<string, string>>) =>
    enterInRegister(site, editor, `/register/999-0001-1/edit/${what}`, fields);
  const page = async (query = '') =>
    main((await site.get(`/register/999-0001-1${query}`)).text).replaceAll(/\s+/g, ' ');

  it('says so on its page and in its letter, and leaves the other one alone', async () => {
    await enter('approval', { occupation: 'ST9003', cycle: '5.2', approvedOn: '2026-02-01', firstTeach: '2026-09-01' });
    await enter('withdrawal', { occupation: 'ST9003', on: '2026-11-10', reason: 'quality' });
    assert.match(await page(), /It is a Higher Technical Qualification for Community network technician/);
    assert.match(await page(), /Approval for Community testing coordinator was withdrawn on 10 November 2026/);
    assert.match(await page(), /For this occupation the quality mark may not be used/);
    assert.doesNotMatch(await page(), /The quality mark may not be used, and it may not be called an HTQ/);
    const list = (await site.get('/register/cases', editor)).text;
    const path = /href="(\/register\/cases\/[0-9a-f-]+)">Approval of [^<]* for ST9003 is withdrawn/.exec(list)?.[1];
    assert.ok(path);
    // A later withdrawal of another occupation, with another reason, is not what this case is about.
    await enter('withdrawal', { occupation: 'ST9001', on: '2037-05-01', reason: 'terms' });
    const letter = /<textarea[^>]*id="text"[^>]*>([^<]*)</.exec((await site.get(path, editor)).text)?.[1] ?? '';
    assert.match(letter, /Approval for Community testing coordinator is withdrawn from 10 November 2026/);
    assert.match(letter, /concerns about the quality/);
    assert.match(letter, /It stays one for Community network technician/);
  });

  it('is told as over where it was approved again since', async () => {
    await enter('approval', { occupation: 'ST9003', cycle: '6', approvedOn: '2026-11-15', firstTeach: '2027-09-01' });
    assert.match(await page(), /was withdrawn on 10 November 2026\.<\/strong>[^<]*It has been approved again since/);
    assert.match(await page('?on=2026-11-12'), /For this occupation the quality mark may not be used/);
  });

  it('begins with its day in London, which is an hour before that of UTC in summer', async () => {
    site.setTime(new Date('2037-04-30T22:30:00Z'));
    assert.match(await page(), /Approval for Community network technician will be withdrawn on 1 May 2037/);
    site.setTime(new Date('2037-04-30T23:30:00Z'));
    assert.match(await page(), /Approval for Community network technician was withdrawn on 1 May 2037/);
  });

  it('is told of again where the job of its night never ran', async () => {
    site.setTime(new Date('2037-05-04T06:00:00Z'));
    await sql`update register.standing set made_for = '2037-04-29'`.execute(site.ctx.db);
    await sql`delete from pgboss.job where name = 'platform.deliver-event'`.execute(site.ctx.db);
    const job = jobs.find((one) => one.name === 'register.begin-day');
    if (job?.kind !== 'stepwise') assert.fail();
    const running = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    await job.run(site.ctx, {} as never, running);
    const { rows } = await sql<{ what: string }>`select distinct data->'data'->>'what' as what from pgboss.job
      where name = 'platform.deliver-event' and data->'data'->>'qualification' = '999-0001-1' order by 1`.execute(
      site.ctx.db,
    );
    assert.deepEqual(
      rows.map((row) => row.what),
      ['approval', 'offer', 'withdrawal'],
    );
  });
});
