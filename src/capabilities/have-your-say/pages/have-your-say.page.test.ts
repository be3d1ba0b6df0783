import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';
import { forgetWords } from '../store/enquiries.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

describe('have your say', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const asked = (more: Readonly<Record<string, string>> = {}) => ({
    id: randomUUID(),
    kind: 'enquiry',
    topic: 'funding',
    text: 'Who pays for <b>this</b>?',
    address: 'asker@college.example',
    ...more,
  });
  const inInbox = async (id: string): Promise<string> => {
    const path = `/have-your-say/inbox/${id}`;
    assert.ok((await site.get('/have-your-say/inbox', edward)).text.includes(`href="${path}"`));
    return path;
  };
  const mailsTo = async (to: string) => (await keptMail(site.ctx, 500)).filter((one) => one.to === to);

  it('each of the five questions leads somewhere', async () => {
    const hub = main((await site.get('/have-your-say')).text);
    assert.equal(hub.match(/<h3/g)?.length, 5);
    for (const path of [
      '/have-your-say/ask',
      '/have-your-say/ask?kind=wanted',
      '/have-your-say/wanted',
      '/have-your-say/answers',
    ])
      assert.equal((await site.get(path)).status, 200, path);
    assert.match((await site.post('/practice/share', {})).to, /^\/practice\/share\/[\w-]+\/what$/);
  });

  it('a question without an account is answered by mail, and the address goes with the answer', async () => {
    const wrong = await site.post('/have-your-say/ask', asked({ topic: '', text: ' ', address: 'nobody at all' }));
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Choose what it is about/);
    assert.match(wrong.text, /value="nobody at all"/);
    assert.equal((await site.post('/have-your-say/ask', asked({ text: 'x'.repeat(200_000) }))).status, 422);
    const question = asked();
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post('/have-your-say/ask', question)).to, '/have-your-say/ask/sent?kind=enquiry');
    const told = (await mailsTo('edward.editor@department.example')).filter((one) => one.subject === 'Asked: Funding');
    assert.equal(told.length, 1, 'sent twice, it is there once');
    const path = await inInbox(question.id);
    const shown = main((await site.get(path, edward)).text);
    assert.match(shown, /Who pays for &lt;b&gt;this&lt;\/b&gt;\?/);
    const owner = /<option value="([0-9a-f-]{36})">Edward/.exec(shown)?.[1] ?? '';
    assert.equal((await site.post(`${path}/owner`, { owner }, edward)).to, `${path}?done=yes`);
    assert.match((await site.get('/have-your-say/inbox', edward)).text, /Edward Lin<\/div>/);
    assert.equal((await site.post(path, { how: 'answer', answer: '' }, edward)).status, 422);
    assert.equal(
      (await site.post(path, { how: 'answer', answer: 'The learner.' }, edward)).to,
      '/have-your-say/inbox?done=told',
    );
    const reference = question.id.slice(0, 8).toUpperCase();
    const mails = await mailsTo('asker@college.example');
    assert.ok(
      mails.some((one) => one.subject.includes(reference)),
      'it has arrived',
    );
    assert.ok(mails.some((one) => JSON.stringify(one.body).includes('The learner.')));
    const inbox = main((await site.get('/have-your-say/inbox?done=told', edward)).text);
    assert.match(inbox, /Settled lately/);
    assert.match(inbox, new RegExp(`${reference}\\. Answered`));
    assert.doesNotMatch((await site.get('/have-your-say/answers')).text, /The learner\./, 'not for all');
    const again = await site.post(path, { how: 'answer', answer: 'Another.' }, edward);
    assert.equal(again.status, 422);
    assert.match(again.text, /Somebody else settled it meanwhile/);
    assert.equal((await mailsTo('asker@college.example')).length, 2);
    const { sql } = await import('kysely');
    const { rows } = await sql`select address from have_your_say.enquiry where id = ${question.id}`.execute(
      site.ctx.db,
    );
    assert.deepEqual(rows, [{ address: null }]);
  });

  it('an answer can be published for all, found by the search, and linked to the page that it concerns', async () => {
    const question = asked({ text: 'I am Jo of X College. May we begin in January?' });
    await site.post('/have-your-say/ask', question);
    const path = await inInbox(question.id);
    const typed = { how: 'publish', answer: 'From the first teach date on.', page: 'https://elsewhere.example' };
    const wrong = await site.post(path, typed, edward);
    assert.match(wrong.text, /Put the question in words that name nobody/);
    assert.match(wrong.text, /Enter an address on this site/);
    await site.post(path, { ...typed, question: 'May teaching begin in January?', page: '/guidance/cycles' }, edward);
    const answers = main((await site.get('/have-your-say/answers')).text);
    assert.match(answers, /May teaching begin in January\?/);
    assert.match(answers, /href="\/guidance\/cycles"/);
    assert.doesNotMatch(answers, /Jo of X/);
    assert.match((await site.get('/guidance/cycles')).text, /May teaching begin in January\?/, 'the page leads to it');
    assert.match((await site.get('/search?q=%22begin+in+january%22')).text, /have-your-say\/answers#/);
  });

  it('what providers want to know is put before them in other words, and answered by name of provider', async () => {
    const question = asked({ kind: 'wanted', text: 'How do you find sessional staff?', address: '' });
    await site.post('/have-your-say/ask', question);
    assert.doesNotMatch((await site.get('/have-your-say/wanted')).text, /sessional/, 'not before somebody has read it');
    const wanted = `/have-your-say/wanted/${question.id}`;
    assert.equal((await site.get(wanted)).status, 404);
    await site.post(
      await inInbox(question.id),
      { how: 'wanted', question: 'Where do you find teachers by the hour?' },
      edward,
    );
    assert.match((await site.get('/have-your-say/wanted')).text, /Where do you find teachers by the hour\?/);
    const amina = await site.as('amina.lead@northfield.example');
    const organisation = /name="organisation" value="([^"]+)"/.exec((await site.get(wanted, amina)).text)?.[1] ?? '';
    const reply = { id: randomUUID(), organisation, text: 'Through our former <learners>.' };
    assert.equal((await site.post(wanted, { ...reply, text: '' }, amina)).status, 422);
    const another = await site.post(wanted, { ...reply, organisation: randomUUID() }, amina);
    assert.match(another.text, /You do not belong to that provider any more[\s\S]*Through our former/);
    for (let sent = 0; sent < 2; sent += 1) await site.post(wanted, reply, amina);
    const words = /Through our former &lt;learners&gt;\./g;
    const others = main((await site.get(wanted)).text);
    assert.doesNotMatch(others, words, 'not before somebody has read it');
    assert.equal(main((await site.get(wanted, amina)).text).match(words)?.length, 1);
    assert.match((await site.get('/have-your-say/wanted')).text, /0 answers/);
    assert.equal((await site.post(wanted, reply, await site.as('grace.lead@fenwick.example'))).status, 403);

    const inbox = main((await site.get('/have-your-say/inbox', edward)).text);
    const at = /href="(\/have-your-say\/inbox\/replies\/[0-9a-f-]+)">Through our former/.exec(inbox)?.[1] ?? '';
    assert.equal((await site.get(at, amina)).status, 403);
    assert.ok(
      (await mailsTo('edward.editor@department.example')).some((one) => /^An answer of Northfield/.test(one.subject)),
    );
    assert.match((await site.post(at, { seen: '' }, edward)).text, /Choose what to do/);
    assert.equal((await site.post(at, { seen: '', how: 'show' }, edward)).to, '/have-your-say/inbox?done=reply');
    const shown = main((await site.get(wanted)).text);
    assert.equal(shown.match(words)?.length, 1);
    assert.match(shown, /Northfield College/);
    assert.doesNotMatch(shown, /Amina|Take it out/);
    assert.match((await site.get('/have-your-say/wanted')).text, /1 answer</);
    assert.ok((await mailsTo('amina.lead@northfield.example')).some((one) => one.subject === 'Your answer is shown'));

    // Taken out later, with the reason, by whoever has seen how it stands.
    assert.match(main((await site.get(wanted, edward)).text), new RegExp(`href="${at}">Take it out`));
    const stale = await site.post(at, { seen: '', how: 'leave-out', reason: 'It names someone.' }, edward);
    assert.match(stale.text, /Somebody else decided on it meanwhile[\s\S]*It names someone\./);
    const seen = /name="seen" value="(\d+)"/.exec((await site.get(at, edward)).text)?.[1] ?? '';
    assert.match((await site.post(at, { seen, how: 'leave-out' }, edward)).text, /Say why, for whoever wrote it/);
    await site.post(at, { seen, how: 'leave-out', reason: 'It names someone.' }, edward);
    assert.doesNotMatch(main((await site.get(wanted)).text), words);
    assert.match(main((await site.get(wanted, amina)).text), /Left out: It names someone\./);
    assert.ok(
      (await mailsTo('amina.lead@northfield.example')).some((one) => one.subject === 'Your answer is not shown'),
    );
    assert.match((await site.get(at, edward)).text, /Left out<\/strong> It names someone\./);

    // Nobody decides on their own provider's.
    const { findPersonByAddress } = await import('../../accounts/store/people.ts');
    const person = await findPersonByAddress(site.ctx, 'amina.lead@northfield.example');
    await setRole(site.ctx, person?.id ?? '', 'moderator', true);
    const own = await site.as('amina.lead@northfield.example');
    const now = /name="seen" value="(\d+)"/.exec((await site.get(at, own)).text)?.[1] ?? '';
    assert.match((await site.post(at, { seen: now, how: 'show' }, own)).text, /there are others who can decide/);
  });

  it('the inbox is for those who answer', async () => {
    assert.equal((await site.get('/have-your-say/inbox', await site.as('sam.visitor@home.example'))).status, 403);
    assert.equal((await site.get('/have-your-say/inbox/nothing', edward)).status, 404);
  });

  it('forgets the words of what was settled a year ago, and keeps what was published', async () => {
    const before = new Date(site.ctx.clock().getTime() + 1000);
    assert.ok((await forgetWords(site.ctx, before)) >= 3);
    assert.equal(await forgetWords(site.ctx, before), 0);
    assert.match((await site.get('/have-your-say/answers')).text, /From the first teach date on\./);
  });
});
