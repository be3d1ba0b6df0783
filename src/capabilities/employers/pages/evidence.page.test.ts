import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { sessionCookie } from '#web/session.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { testInstant } from '../../../../test/support/stores.ts';
import { exampleProvider } from '../../accounts/use-cases/colleagues.ts';
import type { EmployerText } from '../domain/employer.ts';
import { addEmployer } from '../store/employers.ts';
import { tables } from '../store/tables.ts';

describe('evidence of employers', () => {
  let site: Site;
  let amina: Visitor;
  let organisation = '';
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    organisation = (await exampleProvider(site.ctx)) ?? '';
  });
  after(() => site.close());

  const post: Site['post'] = (...sent) => {
    site.setTime(new Date(site.ctx.clock().getTime() + 10));
    return site.post(...sent);
  };
  let made = 0;
  /** An employer of Northfield College that nothing else in the store knows. */
  const employerWith = async (
    more: {
      readonly name?: string;
      readonly region?: EmployerText['region'];
      readonly occupations?: readonly string[];
    } = {},
  ) => {
    made += 1;
    const [id, contact] = [randomUUID(), randomUUID()];
    const name = more.name ?? `Bramble Networks ${made}`;
    assert.ok(
      await addEmployer(site.ctx, id, organisation, {
        name,
        companyNumber: null,
        size: 'micro',
        sector: 'J',
        region: more.region ?? 'North East',
        town: 'Thornwick',
        routes: ['Digital'],
        occupations: more.occupations ?? ['ST9003'],
        offers: [],
        notes: '',
      }),
    );
    await tables(site.ctx)
      .insertInto('employers.contact')
      .values({
        id: contact,
        employer_id: id,
        name: 'Ida Bramble',
        role: 'Owner',
        email: `ida-${made}@bramble.example`,
        consent: 'Letters',
        consent_on: '2026-01-01',
        may_share: false,
        revision: 1,
        touched_at: site.ctx.clock(),
      })
      .execute();
    return { id, name, contact, address: `ida-${made}@bramble.example` };
  };
  const metOn = (): string => new Date(testInstant.getTime() - 80 * 86_400_000).toISOString().slice(0, 10);
  const meet = async (
    employer: string,
    more: {
      readonly said?: string;
      readonly confidential?: boolean;
      readonly on?: string;
      readonly occupation?: string;
    } = {},
  ) => {
    await tables(site.ctx)
      .insertInto('employers.meeting')
      .values({
        id: randomUUID(),
        employer_id: employer,
        held_on: more.on ?? metOn(),
        kind: 'visit',
        said: more.said ?? 'They need three people.',
        occupations: [more.occupation ?? 'ST9003'],
        confidential: more.confidential ?? false,
        recorded_at: site.ctx.clock(),
        revision: 1,
      })
      .execute();
  };
  const draft = async (employer: { readonly id: string; readonly contact: string }): Promise<string> => {
    const id = randomUUID();
    const answer = await post(
      '/employers/letters/new',
      { id, employer: employer.id, contact: employer.contact, occupation: 'ST9003' },
      amina,
    );
    assert.equal(answer.to, `/employers/letters/${id}?done=drafted`, answer.text);
    return `/employers/letters/${id}`;
  };
  const revisionIn = (html: string): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
  const shownIn = (html: string): string => /name="shown" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const send = async (letter: string, contact: string, words = 'We want it.'): Promise<void> => {
    const { text } = await site.get(letter, amina);
    const typed = { revision: revisionIn(text), draft: words, contact };
    assert.equal((await post(`${letter}/send`, typed, amina)).to, `${letter}?done=sent`);
  };
  /** The employer's page, by the link in the newest message to an address. */
  const linkTo = async (address: string): Promise<string> => {
    const link = (await keptMail(site.ctx, 1000))
      .filter((one) => one.to === address)
      .flatMap((one) => one.body)
      .find((one) => one.kind === 'link');
    assert.ok(link?.kind === 'link');
    return new URL(link.href).pathname;
  };

  it('is for those who keep employers, and says where it comes from while there is none', async () => {
    assert.equal((await site.get('/employers/evidence')).status, 303);
    assert.equal((await site.get('/employers/evidence', await site.as('sam.visitor@home.example'))).status, 403);
    const piotr = await site.as('piotr.lead@example-awards.example');
    const { text } = await site.get('/employers/evidence', piotr);
    assert.match(text, /Nothing is recorded yet/);
    assert.doesNotMatch(text, /agreed that providers may know/, 'attendances are told to providers');
    assert.match((await site.get('/employers/attendances', piotr)).text, /is not a provider/);
    assert.equal((await site.get('/employers/evidence/ST0000', amina)).status, 404);
    assert.equal((await site.get('/employers/evidence/..%2F', amina)).status, 404);
    assert.match(
      (await site.get('/employers/evidence/ST9002', piotr)).text,
      /There is no evidence for this occupation yet/,
    );
  });

  it('shows a record with its counts, and measures it by the numbers that were set', async () => {
    const employer = await employerWith();
    await meet(employer.id);
    const before = (await site.get('/employers/evidence/ST9003', amina)).text;
    assert.match(before, new RegExp(`${employer.name}: meeting`));
    assert.match(before, /<th scope="row"[^>]*>North East<\/th><td[^>]*>1<\/td>/);
    const wrong = await post(
      '/employers/evidence-measure',
      { employers: 'many', regions: '13', from: 'soon', source: '' },
      amina,
    );
    assert.equal(wrong.status, 422);
    for (const words of [
      /Employers: enter a whole number/,
      /from 1 to 12/,
      /Enter a day/,
      /Say where the numbers come from/,
      /value="many"/,
    ])
      assert.match(wrong.text, words);
    const numbers = {
      id: randomUUID(),
      employers: '500',
      letters: '',
      regions: '1',
      sizes: '',
      ageMonths: '12',
      from: testInstant.toISOString().slice(0, 10),
      source: 'agreed by the governors',
    };
    for (const _ of [1, 2])
      assert.equal(
        (await post('/employers/evidence-measure', numbers, amina)).to,
        '/employers/evidence-measure?done=set',
      );
    for (const [field, value] of [
      ['from', '2026-02-30'],
      ['from', '0000-01-01'],
      ['source', 'x'.repeat(201)],
    ] as const)
      assert.equal(
        (await post('/employers/evidence-measure', { ...numbers, id: randomUUID(), [field]: value }, amina)).status,
        422,
        value.slice(0, 20),
      );
    const set = (await site.get('/employers/evidence-measure', amina)).text;
    assert.equal(set.match(/agreed by the governors<\/td>/g)?.length, 1, 'sent twice, set once');
    const record = (await site.get('/employers/evidence/st9003', amina)).text;
    assert.match(record, /of 500 employers: 49\d are missing/);
    assert.match(record, /1 region, of 1 that are looked for/);
    assert.match(record, /Source: agreed by the governors/);
    assert.match((await site.get('/employers/evidence', amina)).text, /49\d employers/);
    const nadia = await site.as('nadia.administrator@department.example');
    assert.match((await site.get('/employers/evidence-measure', nadia)).text, /Set numbers for every organisation/);
    await post('/employers/evidence-measure', { ...numbers, id: randomUUID(), employers: '7' }, nadia);
    const piotr = await site.as('piotr.lead@example-awards.example');
    assert.match(
      (await site.get('/employers/evidence-measure', piotr)).text,
      /administrators of this instance have set.*At least 7 employers/,
    );
    assert.equal(
      (await site.get('/employers/evidence-measure', await site.as('sam.visitor@home.example'))).status,
      403,
    );
  });

  it('says of what is too old to count that it is, wherever it counts', async () => {
    const [fresh, old] = [
      await employerWith({ occupations: ['ST9007'] }),
      await employerWith({ region: 'London', occupations: ['ST9007'] }),
    ];
    await meet(fresh.id, { occupation: 'ST9007' });
    await meet(old.id, { occupation: 'ST9007', on: '2020-03-02' });
    const { text } = await site.get('/employers/evidence/ST9007', amina);
    assert.match(text, /1 item from 1 employer in 1 region, and 1 too old to count\./);
    const london = /<th scope="row"[^>]*>London<\/th>.*?<\/tr>/s.exec(text)?.[0] ?? '';
    assert.doesNotMatch(london, /<strong>/);
    assert.match(london, /1 too old/);
    assert.match(text, new RegExp(`${old.name}: meeting <strong[^>]*>Too old to count`));
    const file = async (query: string) => (await site.get(`/employers/evidence/ST9007/record.csv${query}`, amina)).text;
    assert.match(await file(''), new RegExp(`${old.name}.*no: too old`));
    assert.match(await file(''), new RegExp(`${fresh.name}.*,"yes"`));
    assert.doesNotMatch(await file('?for=others'), /too old|Counts/, 'the numbers are the organisation’s own business');
  });

  it('gives files: the whole record to members, and one for others without what is confidential', async () => {
    const [open, secret] = [
      await employerWith({ name: '=Formula & Daughters' }),
      await employerWith({ name: 'Quiet Cables' }),
    ];
    await meet(open.id, { said: 'Ida said that they need three people.' });
    await meet(secret.id, { said: 'They close a site.', confidential: true });
    const file = async (path: string): Promise<Uint8Array> =>
      (
        await site.server.inject({
          method: 'GET',
          url: `/employers/evidence/ST9003/${path}`,
          headers: { host: 'localhost', cookie: `${sessionCookie}=${amina.token}` },
        })
      ).rawPayload;
    const words = async (path: string): Promise<string> => {
      const answer = await site.get(`/employers/evidence/ST9003/${path}`, amina);
      assert.equal(answer.status, 200, path);
      return answer.text;
    };
    const whole = await words('record.csv');
    assert.match(whole, /"'=Formula & Daughters"/, 'no formula runs');
    assert.match(whole, /They close a site\./);
    const others = await words('record.csv?for=others');
    assert.match(others, /Formula & Daughters/);
    for (const hidden of ['Quiet Cables', 'They close a site', 'Ida said']) assert.ok(!others.includes(hidden), hidden);
    assert.equal((await site.get('/employers/evidence/ST9003/record.csv')).status, 303);
    const inside = (bytes: Uint8Array): string =>
      Object.entries(unzipSync(bytes))
        .filter(([name]) => name.endsWith('.xml'))
        .map(([, part]) => strFromU8(part))
        .join('\n');
    for (const format of ['docx', 'xlsx'] as const) {
      assert.match(inside(await file(`record.${format}`)), /They close a site/, format);
      const open = inside(await file(`record.${format}?for=others`));
      assert.match(open, /confidential and left out/, format);
      assert.match(open, /Formula &amp; Daughters/, format);
      for (const hidden of ['Quiet Cables', 'They close a site', 'Ida said']) assert.ok(!open.includes(hidden), hidden);
      assert.doesNotMatch(open, /<f>/, 'no formula runs');
    }
    const pdf = await readPdf(await file('record.pdf?for=others'));
    assert.ok(pdf.kind === 'ok');
    assert.match(pdf.value.markdown, /left out/);
    assert.ok(!pdf.value.markdown.includes('Quiet Cables'));
    assert.match(
      await readPdf(await file('record.pdf')).then((one) => (one.kind === 'ok' ? one.value.markdown : '')),
      /Quiet Cables/,
    );
  });

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

  it('matches who came to events to employers, and asks for the occupation where it is not clear', async () => {
    const employer = await employerWith({ name: 'Akin and Daughters', occupations: ['ST9001', 'ST9002'] });
    const list = (await site.get('/employers/attendances', amina)).text;
    assert.doesNotMatch(list, /Akin and Daughters/, 'who did not agree is not shown');
    const attendance = /href="(\/employers\/attendances\/[0-9a-f]+)">Halden Data Centres/.exec(list)?.[1] ?? '';
    assert.notEqual(attendance, '', list);
    const decide = async (act: string, typed: Readonly<Record<string, string>> = {}, seen = '') => {
      const decided = /name="decided" value="([^"]+)"/.exec((await site.get(attendance, amina)).text)?.[1] ?? '';
      return post(`${attendance}/${act}`, { ...typed, decided: seen || decided }, amina);
    };
    assert.equal((await decide('confirm', { employer: '' })).status, 422);
    await decide('reopen');
    assert.equal(
      (await decide('confirm', { employer: employer.id })).to,
      `${attendance}?done=confirmed`,
      'one of its occupations is in the routes of the event',
    );
    assert.match((await site.get('/employers/evidence/ST9001', amina)).text, /Akin and Daughters: came to an event/);
    assert.match((await site.get(attendance, amina)).text, /Decided<\/dt><dd[^>]*>[^<]+, by Amina Osei<\/dd>/);
    for (const path of ['', '/record.csv'])
      assert.match(
        (await site.get(`/employers/evidence/ST9001${path}`, amina)).text,
        /as typed: Halden Data Centres/,
        'what the guest wrote is not lost under the name that was decided',
      );
    await decide('reopen');
    const unclear = await employerWith({ occupations: ['ST9002', 'ST9003'] });
    assert.equal((await decide('confirm', { employer: unclear.id })).to, `${attendance}?done=unclear`);
    assert.equal((await decide('choose', { occupation: 'ST9001' })).status, 422, 'none of its own');
    assert.equal((await decide('choose', { occupation: 'ST9003' })).to, `${attendance}?done=confirmed`);
    assert.match(
      (await site.get('/employers/evidence/ST9003', amina)).text,
      new RegExp(`${unclear.name}: came to an event`),
    );
    const late = await decide('refuse', {}, 'open');
    assert.equal(late.status, 422, 'a colleague had decided since the form was made');
    assert.match(late.text, /Somebody decided otherwise meanwhile/);
    assert.match(
      (await site.get('/employers/evidence/ST9003', amina)).text,
      new RegExp(`${unclear.name}: came to an event`),
    );
    assert.equal((await decide('refuse')).to, `${attendance}?done=refused`);
    assert.doesNotMatch(
      (await site.get('/employers/evidence/ST9003', amina)).text,
      new RegExp(`${unclear.name}: came`),
    );
    assert.equal((await site.get(attendance, await site.as('piotr.lead@example-awards.example'))).status, 404);
  });
});
