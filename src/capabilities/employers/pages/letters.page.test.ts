import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openEvidenceSite } from '../../../../test/support/evidence-site.ts';

const { site, amina, post, employerWith, metOn, meet, draft, revisionIn, shownIn, send, linkTo } =
  await openEvidenceSite();

describe('letters of employers', () => {
  after(() => site.close());

  it('drafts, sends, changes, signs and keeps a letter', async () => {
    const employer = await employerWith();
    await meet(employer.id);
    const none = await post('/employers/letters/new', { employer: employer.id }, amina);
    assert.equal(none.status, 422);
    assert.match(none.text, /Choose at least one occupation/);
    const letter = await draft(employer);
    const page = (await site.get(letter, amina)).text;
    assert.match(page, new RegExp(`We spoke with Northfield College about this once in ${metOn().slice(0, 4)}\\.`));
    const words = `${employer.name} wants it.\n\nWe are [how many people].\n\nWe lose 4 people a year.`;
    const saved = { revision: revisionIn(page), draft: words, contact: employer.contact };
    assert.equal((await post(`${letter}/save`, saved, amina)).to, `${letter}?done=saved`);
    const late = await post(
      `${letter}/save`,
      { ...saved, draft: 'Something else' },
      await site.as('tom.member@northfield.example'),
    );
    assert.equal(late.status, 422);
    assert.match(late.text, /Somebody changed the letter meanwhile/);
    assert.match(late.text, /Something else/, 'what was typed stays');
    assert.match(late.text, /wants it/, 'and so does what the other saved');
    assert.equal((await site.get(letter, await site.as('piotr.lead@example-awards.example'))).status, 404);
    await send(letter, employer.contact, words);

    const link = await linkTo(employer.address);
    const asked = (await site.get(link)).text;
    assert.match(asked, /Replace it, or take it out, and save/);
    assert.doesNotMatch(asked, /Sign the letter/);
    const text = `${employer.name} wants it <much>.\n\nWe are 12 people.\n\nWe lose 4 people a year.`;
    const seen = shownIn(asked);
    assert.equal((await post(`${link}/amend`, { text, shown: seen })).to, `${link}?done=amended`);
    const older = await post(`${link}/amend`, { text: 'From an [older] tab.', shown: seen });
    assert.equal(older.status, 422);
    assert.match(older.text, /The letter was changed meanwhile/);
    assert.match(older.text, /From an \[older\] tab\..*We are 12 people|We are 12 people.*From an \[older\] tab\./s);
    const ready = (await site.get(link)).text;
    assert.match(ready, /wants it &lt;much&gt;/);
    const wrong = await post(`${link}/sign`, { shown: shownIn(ready), name: '', role: 'Owner', held: '2' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter your name/);
    assert.match(wrong.text, /Say that you may sign it/);
    assert.match(wrong.text, /value="2" checked/);
    const signature = { shown: shownIn(ready), name: 'Ida Bramble', role: 'Owner', held: '2', agreed: 'yes' };
    for (const _ of [1, 2]) assert.equal((await post(`${link}/sign`, signature)).to, `${link}?done=signed`);
    assert.match((await site.get(link)).text, /You have signed this letter/);

    const kept = (await site.get(letter, amina)).text;
    assert.match(kept, /Ida Bramble, Owner, by a link sent to ida-\d+@bramble\.example/);
    assert.match(kept, /\d+ words added, \d+ removed\./);
    assert.match(kept, /<ins class="htq-ins">/);
    assert.match(kept, /nothing was changed since it was signed/);
    const told = (await keptMail(site.ctx, 1000)).filter((one) => one.subject === `${employer.name} signed the letter`);
    assert.equal(told.length, 1);
    assert.equal(told[0]?.to, 'amina.lead@northfield.example');
    const record = (await site.get('/employers/evidence/ST9003', amina)).text;
    assert.match(record, new RegExp(`${employer.name}: signed letter`));
    const others = (await site.get('/employers/evidence/ST9003/record.csv?for=others', amina)).text;
    assert.match(others, /wants it <much>/);
    for (const hidden of ['We lose 4 people', 'Ida Bramble', employer.address])
      assert.ok(!others.includes(hidden), hidden);

    assert.equal((await post(`${link}/take-back`, { reason: 'Things have changed' })).to, `${link}?done=taken-back`);
    assert.match((await site.get(letter, amina)).text, /no longer stands by it.*They say: Things have changed/);
    assert.doesNotMatch(
      (await site.get('/employers/evidence/ST9003', amina)).text,
      new RegExp(`${employer.name}: signed letter`),
    );
  });

  it('sends the draft as it stands in the form, saved or not', async () => {
    const employer = await employerWith();
    const letter = await draft(employer);
    const page = (await site.get(letter, amina)).text;
    const form = /<form action="[^"]*\/save".*?<\/form>/s.exec(page)?.[0] ?? '';
    assert.match(form, /formaction="[^"]*\/send"[^>]*>Send it to the employer/, 'the words go along');
    const typed = { revision: revisionIn(page), draft: 'We want it.\r\n\r\nBy May.', contact: employer.contact };
    assert.equal((await post(`${letter}/send`, { ...typed, contact: '' }, amina)).status, 422);
    assert.equal((await post(`${letter}/send`, { ...typed, revision: '9' }, amina)).status, 422);
    assert.equal((await post(`${letter}/send`, typed, amina)).to, `${letter}?done=sent`);
    assert.match((await site.get(await linkTo(employer.address))).text, /By May\./);
    const sent = (await site.get(letter, amina)).text;
    const at = /name="sent" value="([^"]+)"/.exec(sent)?.[1] ?? '';
    assert.match(sent, /Send the link once more/);
    assert.equal((await post(`${letter}/send`, { sent: at }, amina)).to, `${letter}?done=sent`);
  });

  it('warns where an employer holds back all of a letter', async () => {
    const employer = await employerWith();
    const letter = await draft(employer);
    await send(letter, employer.contact);
    const link = await linkTo(employer.address);
    const signature = { name: 'Ida Bramble', role: 'Owner', held: '0', agreed: 'yes' };
    await post(`${link}/sign`, { ...signature, shown: shownIn((await site.get(link)).text) });
    assert.match((await site.get(letter, amina)).text, /holds all of it back: others see nothing of it/);
    assert.match(
      (await site.get('/employers/evidence/ST9003', amina)).text,
      new RegExp(`${employer.name}, [^<]*: all of the letter is held back, so others see nothing of it`),
    );
  });

  it('signs no other words than those that were read: changes that were not saved are saved, and shown first', async () => {
    const employer = await employerWith();
    const letter = await draft(employer);
    await send(letter, employer.contact);
    const link = await linkTo(employer.address);
    const ready = (await site.get(link)).text;
    const form = /<form action="[^"]*\/sign".*?<\/form>/s.exec(ready)?.[0] ?? '';
    assert.match(form, /<textarea[^>]* name="text"/, 'the words go along with the signature');
    assert.match(form, /formaction="[^"]*\/amend"/);
    const signature = { shown: shownIn(ready), name: 'Ida Bramble', role: 'Owner', held: '0', agreed: 'yes' };
    const changed = await post(`${link}/sign`, { ...signature, text: 'We want it.\r\n\r\nNot before May.' });
    assert.equal(changed.status, 422);
    assert.match(changed.text, /They are saved, and nothing is signed yet/);
    assert.match(changed.text, /<p class="govuk-body htq-kept-lines">Not before May\.<\/p>/);
    assert.match(changed.text, /value="Owner"/);
    assert.doesNotMatch(changed.text, / checked/, 'what was agreed to was another text');
    assert.equal((await post(`${link}/sign`, { ...signature, text: '' })).status, 422);
    assert.match((await site.get(letter, amina)).text, /Sent<\/strong>/);
    const again = { ...signature, shown: shownIn(changed.text), text: 'We want it.\r\n\r\nNot before May.' };
    assert.equal((await post(`${link}/sign`, again)).to, `${link}?done=signed`);
    assert.match((await site.get(letter, amina)).text, /What was signed.*Not before May/s);
  });

  it('lets an employer say no, and a link say that it is over', async () => {
    const employer = await employerWith();
    const letter = await draft(employer);
    await send(letter, employer.contact);
    const link = await linkTo(employer.address);
    const asked = (await site.get(link)).text;
    assert.match(asked, /<details(?:(?!<\/details>).)*I do not sign it/s, 'not one click away');
    assert.equal((await post(`${link}/decline`, { reason: 'Not our field' })).to, `${link}?done=declined`);
    assert.match((await site.get(letter, amina)).text, /Declined.*They say: Not our field/s);
    assert.match((await post(`${link}/amend`, { text: 'More' })).text, /You have said no to this letter already/);

    const no = (await site.get(letter, amina)).text;
    assert.match(no, /What the employer had before them/);
    const again = /action="([^"]*\/again)".*?name="id" value="([^"]+)"/s.exec(no);
    assert.ok(again?.[1] && again[2]);
    for (const _ of [1, 2])
      assert.equal(
        (await post(again[1], { id: again[2] }, amina)).to,
        `/employers/letters/${again[2]}?done=again`,
        'sent twice, one draft',
      );
    const fresh = `/employers/letters/${again[2]}`;
    assert.match((await site.get(fresh, amina)).text, /<textarea[^>]*>We want it\.<\/textarea>/);
    await send(fresh, employer.contact, 'We would rather want this.');
    assert.equal((await post(`${fresh}/again`, { id: randomUUID() }, amina)).status, 422, 'it is still open');
    assert.match((await site.get(await linkTo(employer.address))).text, /We would rather want this/);

    const other = await employerWith();
    const withdrawn = await draft(other);
    await send(withdrawn, other.contact);
    const otherLink = await linkTo(other.address);
    assert.equal((await post(`${withdrawn}/withdraw`, {}, amina)).to, `${withdrawn}?done=withdrawn`);
    const page = await site.get(otherLink);
    assert.match(page.text, /This letter was withdrawn/);
    assert.doesNotMatch(page.text, /<textarea/);
    assert.equal((await site.get('/employers/sign/no-such-link')).status, 404);
  });
});
