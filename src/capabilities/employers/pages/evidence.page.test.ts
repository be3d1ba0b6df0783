import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { sessionCookie } from '#web/session.ts';
import { openEvidenceSite } from '../../../../test/support/evidence-site.ts';
import { testInstant } from '../../../../test/support/stores.ts';

const { site, amina, post, employerWith, meet } = await openEvidenceSite();

describe('evidence of employers', () => {
  after(() => site.close());

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
