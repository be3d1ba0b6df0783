import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { writePdf } from '#platform/documents/write-pdf.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { makeFormats } from '../use-cases/make-formats.ts';

const list = '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example';

describe('files of the guide', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const publish = async (page: string, body: string) => {
    const { text } = await site.get(`${page}/edit`, edward);
    const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '0';
    const fields = {
      title: 'A title',
      summary: 'A summary.',
      body,
      major: 'yes',
      changeNote: 'Changed.',
      revision,
      act: 'submit',
    };
    assert.match((await site.post(`${page}/edit`, fields, edward)).to, /done=submitted/);
    const next = String(Number(revision) + 1);
    assert.match((await site.post(`${page}/edit/publish`, { revision: next }, edward)).to, /done=published/);
  };

  it('shows the recipients as a table that anyone sorts, filters, searches and downloads', async () => {
    const page = (await site.get('/guidance/growth-fund-recipients')).text;
    assert.match(page, /Growth Fund recipients \(fictional example\)/);
    const { text } = await site.get(`${list}?is-Route=Construction&sort=Sum&down=yes`);
    assert.match(text, /4 rows of 14\./);
    assert.match(text, /aria-sort="descending"/);
    assert.ok(text.indexOf('£412,500') < text.indexOf('£64,000'));
    assert.match(text, /Made up for this project/);
    const csv = await site.get(`${list}/csv?is-Route=Construction`);
    assert.equal(csv.text.trim().split('\r\n').length, 5);
    const json = JSON.parse((await site.get(`${list}/json?q=larkfield`)).text);
    assert.deepEqual(json.rows[0].Provider, 'Larkfield University (fictional)');
    assert.match(String((await site.get(`${list}/xlsx`)).headers['content-type']), /spreadsheetml/);
    assert.equal((await site.get(`${list}/doc`)).status, 404);
  });

  it('takes a new revision, shows it to editors alone until it is published, and compares the two row by row', async () => {
    const page = '/guidance/growth-fund-recipients';
    const fields = {
      title: 'Growth Fund recipients (fictional example)',
      source: 'Made up.',
      columns: '',
      note: 'One went.',
      revisionOf: 'growth-fund-recipients-fictional-example',
    };
    const bytes = new TextEncoder().encode(
      'Provider,Region,Route,Kind,Sum\nLarkfield University (fictional),North East,Digital,capital,"£1"\n',
    );
    const sent = await site.upload(`${page}/edit/files`, fields, { name: 'list.csv', bytes }, edward);
    assert.match(sent.to, /done=attached/);
    const now = (await site.get(list)).text;
    assert.match(now, /14 rows\./);
    assert.match(now, /Made up for this project\./, 'the new words wait for the check too');
    assert.match((await site.get(list, edward)).text, /1 row\./);
    assert.equal((await site.get(`${list}?revision=2`)).status, 404);
    await publish(page, 'What is known of the list, told anew.');
    assert.match((await site.get(list)).text, /1 row\./);
    const changes = (await site.get(`${list}/changes/1..2`)).text;
    assert.match(changes, /0 added, 13 removed, 1 changed, 0 the same\./);
    assert.match(
      changes,
      /<del class="htq-del"><span[^>]*>\[removed: <\/span>£355,000<span[^>]*>\]<\/span><\/del> <ins class="htq-ins"><span[^>]*>\[added: <\/span>£1</,
    );
    assert.match((await site.get(`${list}?revision=1`)).text, /14 rows\./);
  });

  it('takes an image, shows it with its text alternative in the page once that is published', async () => {
    const bytes = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const sent = await site.upload(
      '/guidance/employers/edit/files',
      { title: 'A red square' },
      { name: 'red.png', bytes },
      edward,
    );
    assert.match(sent.to, /done=attached/);
    assert.equal((await site.get('/guidance/employers/files/a-red-square')).status, 404);
    await publish('/guidance/employers', 'Look:\n\n![A square, red](file:a-red-square "What red is")');
    const { text } = await site.get('/guidance/employers');
    assert.match(
      text,
      /<figure class="htq-figure"><img src="\/guidance\/employers\/files\/a-red-square\?revision=1" alt="A square, red"[^>]*><figcaption[^>]*>What red is/,
    );
    const file = await site.get('/guidance/employers/files/a-red-square?revision=1');
    assert.equal(file.headers['content-type'], 'image/png');
  });

  it('refuses what is not what it says, and keeps what was typed', async () => {
    const bad = await site.upload(
      '/guidance/cycles/edit/files',
      { title: 'Mine' },
      { name: 'x.png', bytes: new TextEncoder().encode('PK nothing') },
      edward,
    );
    assert.equal(bad.status, 422);
    assert.match(bad.text, /The file is none of PNG/);
    assert.match(bad.text, /value="Mine"/);
    const huge = await site.upload(
      '/guidance/cycles/edit/files',
      { title: 'Mine' },
      { name: 'x.png', bytes: new Uint8Array(50_000_000) },
      edward,
    );
    assert.equal(huge.status, 413);
    assert.match(huge.text, /<h1/);
    assert.equal(
      (await site.upload('/guidance/cycles/edit/files', {}, { name: 'x.csv', bytes: new Uint8Array(3) })).status,
      401,
    );
  });

  it('examines a PDF, shows the notice only where it fails, and draws its text into a draft', async () => {
    const page = '/guidance/cycles';
    const blocks = [
      { kind: 'heading' as const, level: 2 as const, content: [{ kind: 'text' as const, text: 'Drawn out' }] },
    ];
    const tagged = writePdf({
      title: 'T',
      summary: 'Words.',
      publisher: 'P',
      address: 'a',
      stand: 's',
      date: new Date(0),
      contents: false,
      images: {},
      blocks,
    });
    const untagged = Buffer.from(
      Buffer.from(tagged)
        .toString('latin1')
        .replace('/Marked true', '/Marked false')
        .replaceAll('/StructTreeRoot', '/StructTreeNone'),
      'latin1',
    );
    await site.upload(`${page}/edit/files`, { title: 'Good' }, { name: 'good.pdf', bytes: tagged }, edward);
    await site.upload(`${page}/edit/files`, { title: 'Poor' }, { name: 'poor.pdf', bytes: untagged }, edward);
    const files = (await site.get(`${page}/edit/files`, edward)).text;
    assert.equal(files.match(/may not be suitable/g)?.length, 1);
    assert.equal((await site.post(`${page}/edit/files/good/draw-out`, {}, edward)).to, `${page}/edit?done=drawn`);
    const draft = (await site.get(`${page}/edit?done=drawn`, edward)).text;
    assert.match(draft, /## Drawn out/);
    assert.match(draft, /stands at the end of the draft/);
  });

  it('makes PDF and Word of every page and of the whole guide, once', async () => {
    assert.equal((await site.get('/guidance/funding/formats/pdf')).status, 404);
    const made = await makeFormats(site.ctx, async () => {});
    assert.ok(made >= 24, String(made));
    assert.equal(await makeFormats(site.ctx, async () => {}), 0);
    assert.match((await site.get('/guidance/funding')).text, /PDF \(\d+ KB, tagged for screen readers\)/);
    const pdf = await site.get('/guidance/funding/formats/pdf');
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.match(pdf.text, /^%PDF-1/);
    assert.equal((await site.get('/guidance/whole/formats/docx')).status, 200);
    assert.match((await site.get('/guidance/whole')).text, /formats\/docx/);
    await site.post('/guidance/quality-mark/edit/withdraw', { reason: 'Old.' }, edward);
    for (const path of ['/guidance/quality-mark/formats/pdf', '/guidance/whole/formats/pdf'])
      assert.equal((await site.get(path)).status, 404, 'what it said before is gone at once');
    assert.equal(await makeFormats(site.ctx, async () => {}), 2, 'the whole guide, without the page');
  });

  it('takes a wish for another format once, tracks it, answers by mail, and offers what was made to all', async () => {
    const path = '/guidance/funding/another-format';
    const faulty = await site.post(path, { wanted: '', details: 'Please', address: 'nobody' });
    assert.equal(faulty.status, 422);
    assert.match(faulty.text, /Choose what would help/);
    assert.match(faulty.text, /Enter an email address/);
    assert.match(faulty.text, />Please<\/textarea>/);
    const id = '7b0d6c36-8a2f-4c57-9d2a-1f1f8a4f9b10';
    const wish = { id, wanted: 'Large print', details: '24 point', address: 'reader@example.org' };
    assert.match((await site.post(path, wish)).text, /You will have an answer by/);
    assert.match((await site.post(path, wish)).text, /You will have an answer by/);
    const inbox = (await site.get('/guidance/format-requests', edward)).text;
    assert.equal(inbox.match(/24 point/g)?.length, 1);
    assert.match((await site.get('/guidance/format-requests')).to, /\/sign-in/);
    const answered = await site.upload(
      `/guidance/format-requests/${id}/answer`,
      { words: 'Here it is.' },
      { name: 'large.txt', bytes: new TextEncoder().encode('Funding') },
      edward,
    );
    assert.equal(answered.to, '/guidance/format-requests?done=answered');
    assert.match((await site.get('/guidance/funding')).text, /Large print \(TXT, 1 KB, made on/);
    assert.match((await site.get(`/guidance/funding/made/${id}`)).text, /Funding/);
    const mail = (await keptMail(site.ctx, 20)).filter((one) => one.to === 'reader@example.org');
    assert.equal(mail.length, 2);
    const again = await site.upload(
      `/guidance/format-requests/${id}/answer`,
      { words: 'Twice.' },
      { name: '', bytes: new Uint8Array() },
      edward,
    );
    assert.match(again.text, /Someone answered it already/);
  });

  it('shows the first rows of a long table, says so, and downloads them all', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => `College ${index + 1},${index % 3}`);
    const bytes = new TextEncoder().encode(`Name,Kind\n${rows.join('\n')}\n`);
    const sent = await site.upload(
      '/guidance/getting-ready/edit/files',
      { title: 'Long' },
      { name: 'l.csv', bytes },
      edward,
    );
    assert.match(sent.to, /done=attached/);
    const path = '/guidance/getting-ready/tables/long';
    const { text } = await site.get(path, edward);
    assert.match(text, /1,200 rows\. The first 500 are shown\./);
    assert.equal(text.match(/id="row-/g)?.length, 500);
    assert.doesNotMatch((await site.get(`${path}?q=1200`, edward)).text, /The first 500/);
    assert.equal((await site.get(`${path}/csv`, edward)).text.trim().split('\r\n').length, 1201);
  });

  it('a file that comes after the check is not published by it', async () => {
    const page = '/guidance/what-htqs-are';
    const fields = {
      title: 'T',
      summary: 'S.',
      body: 'B.',
      major: 'yes',
      changeNote: 'N.',
      revision: '0',
      act: 'submit',
    };
    await site.post(`${page}/edit`, fields, edward);
    assert.match(
      (await site.post(`${page}/edit/publish`, { revision: '1', at: '2090-01-01 09:00' }, edward)).to,
      /scheduled/,
    );
    const bytes = new TextEncoder().encode('Late.');
    await site.upload(`${page}/edit/files`, { title: 'Late' }, { name: 'late.txt', bytes }, edward);
    const { text } = await site.get(`${page}/edit`, edward);
    assert.doesNotMatch(text, /Checked, and published at|Handed over by/);
    assert.match(
      (await site.post(`${page}/edit/publish`, { revision: '2' }, edward)).text,
      /No draft has been handed over/,
    );
  });
});
