import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseFeed } from '@rowanmanning/feed-parser';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { agreeTo, decideOn, inQueue, publishedAt, tellExample, tellStep } from '../../../../test/support/practice.ts';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';
import { keepFresh } from '../use-cases/keep-fresh.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('practice', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const step = (path: string, name: string, fields: Readonly<Record<string, string>>, who: Visitor) =>
    tellStep(site, path, name, fields, who);
  const write = (who: Visitor, title: string) => tellExample(site, who, title);
  const mailTo = async (to: string, subject: RegExp) =>
    (await keptMail(site.ctx, 500)).find((one) => one.to === to && subject.test(one.subject));
  const queued = (title: string, who: Visitor) => inQueue(site, title, who);
  const decide = (path: string, fields: Readonly<Record<string, string>>, who: Visitor) =>
    decideOn(site, path, fields, who);

  it('opens with something under each theme, marked as an illustration, and finds by theme, route and cost', async () => {
    const index = main((await site.get('/practice')).text);
    assert.equal(index.match(/href="\/practice\/themes\//g)?.length, 7);
    assert.doesNotMatch(index, />0 examples</);
    assert.match(index, /Illustration/);
    const cheap = main((await site.get('/practice?cost=free')).text);
    assert.match(cheap, /One page for people who study beside their work/);
    assert.doesNotMatch(cheap, /Sharing a simulated ward/);
    assert.match(main((await site.get('/practice?cost=free&theme=capital-digital')).text), /Be the first/);
    const theme = main((await site.get('/practice/themes/capital-digital')).text);
    assert.match(theme, /no provider did this/);
    assert.equal((await site.get('/practice/themes/nothing')).status, 404);
    const pdf = await site.get('/practice/theme-files/capital-digital.pdf');
    assert.match(pdf.text, /^%PDF-/);
    assert.match((await site.get('/search?q=simulated+ward')).text, /Sharing a /);
  });

  it('someone without an account tells, confirms by mail, and is published by a moderator', async () => {
    const path = await write(nobody, 'Meetings that help');
    const check = main((await site.get(path)).text);
    assert.match(check, /We met &lt;b&gt;often&lt;\/b&gt;\./);
    assert.match(check, /£1,200/);
    const wrong = await site.post(`${path}/send`, { address: 'nobody at all' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="nobody at all"/);
    const address = 'teller@college.example';
    for (let sent = 0; sent < 2; sent += 1) await site.post(`${path}/send`, { address });
    const maya = await site.as('maya.moderator@department.example');
    assert.doesNotMatch(
      (await site.get('/practice/queue', maya)).text,
      /Meetings that help/,
      'not before it is confirmed',
    );
    const mail = await mailTo(address, /Is this example from you/);
    const link = mail?.body.find((block) => block.kind === 'link');
    assert.ok(link?.kind === 'link');
    const confirm = new URL(link.href).pathname;
    assert.doesNotMatch(confirm, new RegExp(path.slice(-32)), 'what whoever sent it knows proves nothing');
    assert.doesNotMatch((await site.get(path)).text, /Yes, it is from me/);
    await site.post(`${path}/confirm`, {});
    await site.post(`/practice/confirm/${path.slice(-32)}`, {});
    assert.doesNotMatch((await site.get('/practice/queue', maya)).text, /Meetings that help/, 'not without the mail');
    assert.match((await site.get(confirm)).text, /Meetings that help[\s\S]*Yes, it is from me/);
    assert.doesNotMatch(
      (await site.get('/practice/queue', maya)).text,
      /Meetings that help/,
      'not by opening it alone',
    );
    for (let used = 0; used < 2; used += 1) assert.equal((await site.post(confirm, {})).to, `${path}?done=confirmed`);
    assert.equal((await site.get(confirm)).to, path);
    const at = await queued('Meetings that help', maya);
    assert.match((await site.get(at, maya)).text, /No account: confirmed address teller@college\.example/);
    assert.equal((await decide(at, { decision: 'decline' }, maya)).status, 422, 'a reason is asked for');
    assert.equal((await decide(at, { decision: 'approve' }, maya)).to, '/practice/queue?done=yes');
    assert.ok(await mailTo(address, /Published: Meetings/));
    const published = await publishedAt(site, path);
    const shown = main((await site.get(published)).text);
    assert.match(shown, /not a recommendation of any department/);
    assert.match(shown, /<li>Meet again<\/li>/);
    assert.doesNotMatch(shown, /teller@college/);
    assert.match((await site.get('/search?q=%22meetings+that+help%22')).text, new RegExp(published));
    const feed = parseFeed((await site.get('/practice/updates.atom')).text);
    assert.ok(feed.items.some((one) => one.title === 'Meetings that help'));
    // Taken back, it is gone at once.
    await site.post(`${path}/take-back`, {});
    assert.equal((await site.get(published)).status, 404);
    assert.doesNotMatch((await site.get('/search?q=%22meetings+that+help%22')).text, new RegExp(published));
  });

  it('says what is wrong on each page, keeps what was typed, and tells of a colleague who saved meanwhile', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const path = (await site.post('/practice/share', {}, ruth)).to.replace(/\/what$/, '');
    const wrong = await step(path, 'what', { theme: '', title: '' }, ruth);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Choose a theme/);
    assert.equal((await step(path, 'cost', { costMoney: 'plenty' }, ruth)).status, 422);
    const links = await step(path, 'files', { links: 'http://x.example' }, ruth);
    assert.match(links.text, /begin with https/);
    const contact = await step(path, 'you', { provider: 'X', contactName: 'A. Person' }, ruth);
    assert.match(contact.text, /Say that the contact has agreed/);
    const revision = /name="revision" value="(\d+)"/.exec((await site.get(`${path}/what`, ruth)).text)?.[1] ?? '';
    await site.post(`${path}/what`, { revision, theme: 'curriculum', title: 'Mine' }, ruth);
    const stale = await site.post(`${path}/what`, { revision, theme: 'curriculum', title: 'Theirs' });
    assert.equal(stale.status, 422);
    assert.match(stale.text, /A colleague saved this example/);
    assert.match(stale.text, /value="Theirs"/);
    assert.equal((await site.get(path)).to, `${path}/how`, 'what is unfinished comes first');
    assert.equal((await site.get('/practice/share/made-up')).status, 404);
  });

  it('a moderator asks for a change, changes words with a reason, and whoever sent it agrees before it is published', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const maya = await site.as('maya.moderator@department.example');
    const path = await write(ruth, 'A name too many');
    await site.post(`${path}/send`, {}, ruth);
    let at = await queued('A name too many', maya);
    await decide(at, { decision: 'ask', note: 'Say how many came.' }, maya);
    assert.match((await site.get(path, ruth)).text, /Say how many came\./);
    assert.ok(await mailTo('ruth.lead@southgate.example', /Before it is published/));
    await step(path, 'cost', { costMoney: '', learners: '40' }, ruth);
    await site.post(`${path}/send`, {}, ruth);
    at = await queued('A name too many', maya);
    assert.match((await site.get(at, maya)).text, /A moderator said before[\s\S]*Say how many came\./);
    const stale = await site.post(at, { revision: '1', decision: 'approve' }, maya);
    assert.match(stale.text, /It was changed after you opened it/);
    await decide(at, { decision: 'redact', note: 'A learner was named.', summary: 'We met.' }, maya);
    const shown = main((await site.get(path, ruth)).text);
    assert.match(shown, /A learner was named\./);
    assert.match(
      shown,
      /<h3[^>]*>What was done<\/h3>[\s\S]*<del class="htq-del"><span[^>]*>\[removed: <\/span>[^<]*often/,
      'word by word',
    );
    assert.match(shown, /I agree: publish it so/);
    await agreeTo(site, path, ruth);
    const published = /href="(\/practice\/examples\/[0-9a-f-]+)"/.exec((await site.get(path, ruth)).text)?.[1] ?? '';
    assert.doesNotMatch((await site.get(published)).text, /often/);
    const kept = (await site.get(at, maya)).text;
    assert.match(kept, /A learner was named/, 'the reason is kept for moderators');
    assert.match(kept, /<del class="htq-del"><span[^>]*>\[removed: <\/span>[^<]*often/, 'and what was changed');
  });

  it('an editor writes down what a provider told in a webinar, and others cannot say that theirs was', async () => {
    const edward = await site.as('edward.editor@department.example');
    const ruth = await site.as('ruth.lead@southgate.example');
    for (const [who, words] of [
      [edward, /A webinar/],
      [ruth, /Sent in by the provider/],
    ] as const) {
      const path = await write(who, 'Told elsewhere');
      await step(path, 'you', { provider: 'Southgate Institute', origin: 'webinar' }, who);
      const check = main((await site.get(path, who)).text);
      assert.match(check, words);
      assert.equal(/name="origin"/.test((await site.get(`${path}/you`, who)).text), who === edward);
    }
  });

  it('nobody decides on their own organisation’s where somebody else can', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const path = await write(ruth, 'Our own');
    await site.post(`${path}/send`, {}, ruth);
    const maya = await site.as('maya.moderator@department.example');
    const at = await queued('Our own', maya);
    assert.match((await site.get(at, maya)).text, /Someone with an account, who acted for no provider/);
    assert.equal((await site.get(at, ruth)).status, 403, 'moderators alone');
    const { findPersonByAddress } = await import('../../accounts/store/people.ts');
    const person = await findPersonByAddress(site.ctx, 'ruth.lead@southgate.example');
    assert.ok(person);
    await setRole(site.ctx, person.id, 'moderator', true);
    const now = await site.as('ruth.lead@southgate.example');
    const refused = await decide(at, { decision: 'approve' }, now);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /there are other moderators who can decide/);
    await decide(at, { decision: 'decline', note: 'Told already.' }, maya);
  });

  it('its steps become tasks of a delivery plan, once', async () => {
    const amina = await site.as('amina.lead@northfield.example');
    const id =
      /href="\/practice\/examples\/([0-9a-f-]+)">A network that/.exec((await site.get('/practice')).text)?.[1] ?? '';
    assert.match((await site.get(`/plans/adopt?example=${id}`, amina)).text, /Into this one/);
    const plan = '/plans/00000000-0000-4000-8000-00000000a001';
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${plan}/adopt`, { example: id }, amina)).to, `${plan}?done=adopted`);
    const csv = (await site.get(`${plan}/plan.csv`, amina)).text;
    assert.equal(
      csv.match(/Write the script that rebuilds a machine/g)?.length,
      2,
      'once as a task, once as what the next waits for',
    );
    assert.equal((await site.get('/plans/adopt?example=nothing', amina)).status, 404);
    const task = new RegExp(`href="(${plan}/tasks/[0-9a-f-]+)">Give teachers time in industry`).exec(
      (await site.get(plan, amina)).text,
    )?.[1];
    assert.match((await site.get(task ?? '', amina)).text, /A fortnight at an employer/);
  });

  it('lists thirty on a page, and keeps what was asked for over the pages', async () => {
    const { sql } = await import('kysely');
    await sql`insert into practice.example (id, token, state, text, origin, revision, made_at, published_at, note, reminders)
      select gen_random_uuid(), 'many-' || n, 'published', text || jsonb_build_object('title', 'Many ' || n), 'survey', 1, made_at, made_at, '', 0
      from practice.example, generate_series(1, 40) as n where text->>'title' like 'A network that%' and state = 'published'`.execute(
      site.ctx.db,
    );
    const first = main((await site.get('/practice?theme=capital-digital')).text);
    assert.equal(first.match(/class="govuk-link govuk-!-font-weight-bold" href="\/practice\/examples\//g)?.length, 30);
    assert.match(first, /href="\/practice\?theme=capital-digital&amp;page=2"/);
    const second = main((await site.get('/practice?theme=capital-digital&page=2')).text);
    const there = (html: string) => new Set(html.match(/\/practice\/examples\/[0-9a-f-]+/g));
    assert.equal(there(first).intersection(there(second)).size, 0);
    for (const page of ['0', '-1', '99', 'x'])
      assert.equal((await site.get(`/practice?page=${page}`)).status, 200, page);
    await sql`delete from practice.example where token like 'many-%'`.execute(site.ctx.db);
  });

  it('asks twice whether it still holds, then leaves the search and says so; standing by it brings it back', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const maya = await site.as('maya.moderator@department.example');
    const path = await write(ruth, 'Quinquennial bicycles');
    await step(path, 'files', { links: 'https://bicycles.example/five' }, ruth);
    await site.post(`${path}/send`, {}, ruth);
    await decide(await queued('Quinquennial bicycles', maya), { decision: 'approve' }, maya);
    assert.match((await site.get('/search?q=quinquennial')).text, /\/practice\/examples\//);
    const published = site.ctx.clock();
    const at = (days: number) => site.setTime(new Date(published.getTime() + days * 86_400_000));
    const asked = async () =>
      (await keptMail(site.ctx, 500)).filter((one) => one.subject === 'Does it still hold? Quinquennial bicycles')
        .length;
    for (const [days, mails] of [
      [330, 0],
      [340, 1],
      [345, 1],
      [360, 2],
      [367, 2],
    ] as const) {
      at(days);
      await keepFresh(site.ctx);
      assert.equal(await asked(), mails, `day ${days}`);
    }
    const href = /href="(\/practice\/examples\/[0-9a-f-]+)"/.exec((await site.get(path)).text)?.[1] ?? '';
    const found = async () => (await site.get('/search?q=quinquennial')).text.includes(`href="${href}"`);
    assert.equal(await found(), false);
    const again = await site.as('ruth.lead@southgate.example');
    assert.match(main((await site.get(path, again)).text), /Not confirmed/);
    const pdf = await site.server.inject({
      method: 'GET',
      url: '/practice/theme-files/curriculum.pdf',
      headers: { host: 'localhost' },
    });
    const read = await readPdf(new Uint8Array(pdf.rawPayload));
    assert.ok(read.kind === 'ok');
    assert.match(read.value.markdown, /Nobody has confirmed since/);
    assert.match(read.value.markdown, /https:\/\/bicycles\.example\/five/);
    assert.doesNotMatch((await site.get('/sitemap.xml')).text, new RegExp(href));
    await site.post(`${path}/stand-by`, {}, again);
    assert.equal(await found(), true);
  });

  it('forgets what nobody sent or confirmed', async () => {
    const begun = (await site.post('/practice/share', {})).to.replace(/\/what$/, '');
    assert.equal((await site.get(begun)).status, 303);
    const sent = await write(nobody, 'Never confirmed');
    await site.post(`${sent}/send`, { address: 'never@college.example' });
    const now = site.ctx.clock().getTime();
    site.setTime(new Date(now + 31 * 86_400_000));
    await keepFresh(site.ctx);
    assert.equal((await site.get(sent)).status, 404);
    assert.equal((await site.get(begun)).status, 303);
    site.setTime(new Date(now + 181 * 86_400_000));
    await keepFresh(site.ctx);
    assert.equal((await site.get(begun)).status, 404);
  });
});
