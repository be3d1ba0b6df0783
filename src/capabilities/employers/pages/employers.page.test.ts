import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { fileColumns } from '../domain/employer-file.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const fenwick = '/employers/00000000-0000-4000-8000-0000000e0001';
const examples = join(import.meta.dirname, '../../../../examples');

describe('employers', () => {
  let site: Site;
  let amina: Visitor;
  let tom: Visitor;
  let ruth: Visitor;
  let piotr: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    tom = await site.as('tom.member@northfield.example');
    ruth = await site.as('ruth.lead@southgate.example');
    piotr = await site.as('piotr.lead@example-awards.example');
  });
  after(() => site.close());

  const hiddenValue = (html: string, name: string): string =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
  const partOf = async (employer: string, slug: string, title: string): Promise<string> => {
    const { text } = await site.get(employer, amina);
    const path = new RegExp(`href="(${employer}/${slug}/[0-9a-f-]{36})">${title}`).exec(text)?.[1];
    assert.ok(path, title);
    return path;
  };

  describe('who may see what', () => {
    it('says to visitors and to people of no provider what it is for', async () => {
      const seen = await site.get('/employers');
      assert.equal(seen.status, 200);
      assert.match(seen.text, /Sign in to see your employers/);
      assert.doesNotMatch(main(seen.text), /Larkspur/);
      const sam = await site.get('/employers', await site.as('sam.visitor@home.example'));
      assert.match(sam.text, /you belong to none here/);
    });

    it('shows members their organisation’s list, and nobody anybody else’s', async () => {
      const { text } = await site.get('/employers', amina);
      assert.match(text, /9 employers/);
      assert.match(text, /Larkspur Hosting/);
      assert.doesNotMatch(main(text), /Westcombe Data/);
      assert.match(text, /Ask Marek for the engineer’s name/, 'what is overdue comes first');
      const awards = await site.get('/employers', piotr);
      assert.match(awards.text, /1 employer</);
      for (const address of [
        fenwick,
        `${fenwick}/edit`,
        `${fenwick}/share`,
        `${fenwick}/contacts/new`,
        `${fenwick}/asks/new`,
        `/employers?organisation=${randomUUID()}`,
        '/employers/no-such',
        `/employers/${randomUUID()}`,
      ])
        assert.equal((await site.get(address, piotr)).status, 404, address);
      for (const address of [fenwick, '/employers/next-steps', '/employers/import'])
        assert.equal((await site.get(address)).status, 303, `${address}: a visitor is led to the sign-in page`);
      assert.equal((await site.post(`${fenwick}/remove`, {}, piotr)).status, 404);
      assert.equal((await site.get(fenwick, tom)).status, 200);
    });

    it('lets someone of two organisations look at both lists', async () => {
      const { text } = await site.get('/employers', ruth);
      const other = /href="(\/employers\?organisation=[^"]+)">(?:Northfield College|Southgate Institute)</.exec(
        text,
      )?.[1];
      assert.ok(other);
      const both = [text, (await site.get(other, ruth)).text];
      assert.ok(both.some((one) => /Westcombe Data/.test(one)) && both.some((one) => /Larkspur/.test(one)));
    });
  });

  describe('finding', () => {
    const found = async (query: string): Promise<readonly string[]> => {
      const { text } = await site.get(`/employers?${query}`, amina);
      return [...text.matchAll(/<th scope="row"[^>]*><a class="govuk-link" href="[^"]*">([^<]*)/g)].map(
        (one) => one[1] ?? '',
      );
    };
    it('by words, route, size and offer', async () => {
      assert.deepEqual(await found('words=larkspur'), ['Larkspur Hosting']);
      assert.deepEqual(await found('words=open+evening&route=Creative+and+design'), ['Marlow Street Studios']);
      assert.deepEqual(await found('size=medium&offer=kit'), ['Larkspur Hosting']);
      assert.deepEqual(await found('offer=staff+time'), ['Quayside Telecom']);
      assert.match((await site.get('/employers?region=Wales', amina)).text, /has all of these at once/);
    });

    it('downloads what is listed, which can be brought in again', async () => {
      const csv = await site.get('/employers/employers.csv?words=larkspur', amina);
      assert.match(csv.text, /"Larkspur Hosting","Northfield","South East","99990002","medium"/);
      assert.doesNotMatch(csv.text, /Fenwick/);
      const xlsx = await site.server.inject({
        url: '/employers/employers.xlsx',
        headers: { host: 'localhost', cookie: `htq_session=${amina.token}` },
      });
      const book = await readSheets('x.xlsx', xlsx.rawPayload);
      assert.ok(book.kind === 'ok');
      assert.equal(book.value.sheets[0]?.rows.length, 10);
      assert.equal((await site.get('/employers/employers.csv')).status, 303);
    });
  });

  describe('a record', () => {
    const typed = { name: 'Quite New Robots', town: 'Oakvale', region: 'South East', size: 'small', offers: 'kit' };

    it('keeps what was typed when something is wrong', async () => {
      const wrong = await site.post(
        '/employers/new',
        { ...typed, name: '', companyNumber: 'x', notes: 'Good & kind' },
        amina,
      );
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, /<title>Error: /);
      assert.match(wrong.text, /href="#name">Enter the employer’s name/);
      assert.match(wrong.text, /a company number has eight digits/);
      assert.match(wrong.text, /Good &amp; kind<\/textarea>/);
      assert.match(wrong.text, /value="kit" checked/);
      assert.match(wrong.text, /<details class="govuk-details" open>/, 'the part with the wrong field is open');
    });

    it('comes once, however often the form is sent, and is changed by one at a time', async () => {
      const id = randomUUID();
      for (let time = 0; time < 2; time += 1)
        assert.equal((await site.post('/employers/new', { ...typed, id }, amina)).to, `/employers/${id}?done=added`);
      assert.match((await site.get('/employers', amina)).text, /10 employers/);
      const form = (await site.get(`/employers/${id}/edit`, amina)).text;
      const revision = hiddenValue(form, 'revision');
      const first = await site.post(`/employers/${id}/edit`, { ...typed, revision, notes: 'By Tom' }, tom);
      assert.equal(first.to, `/employers/${id}?done=saved`);
      const second = await site.post(`/employers/${id}/edit`, { ...typed, revision, notes: 'By Amina' }, amina);
      assert.equal(second.status, 409);
      assert.match(second.text, /Someone saved this record meanwhile/);
      assert.match(second.text, /<li>Notes: By Tom<\/li>/);
      assert.match(second.text, />By Amina<\/textarea>/);
      const again = await site.post(
        `/employers/${id}/edit`,
        { ...typed, revision: hiddenValue(second.text, 'revision'), notes: 'By Amina' },
        amina,
      );
      assert.equal(again.status, 303);
      assert.match((await site.get(`/employers/${id}`, tom)).text, /By Amina/);
      assert.equal((await site.post(`/employers/${id}/remove`, {}, amina)).status, 303);
      assert.equal((await site.get(`/employers/${id}`, amina)).status, 404);
    });

    it('shows who may be the same before it saves, and never keeps one name and town twice', async () => {
      const alike = { name: 'Fenwick Networks', town: 'Oakvale' };
      const asked = await site.post('/employers/new', alike, amina);
      assert.equal(asked.status, 409);
      assert.match(asked.text, /Fenwick Networks Ltd, Northfield<\/a>: the same name in another place/);
      assert.match(asked.text, /name="anyway"/);
      const id = randomUUID();
      assert.equal((await site.post('/employers/new', { ...alike, id, anyway: 'yes' }, amina)).status, 303);
      const same = await site.post('/employers/new', { ...alike, name: 'The FENWICK networks', anyway: 'yes' }, amina);
      assert.equal(same.status, 409);
      assert.match(same.text, /You keep an employer of this name in this town already/);
      assert.doesNotMatch(same.text, /name="anyway"/);
      await site.post(`/employers/${id}/remove`, {}, amina);
    });
  });

  describe('what hangs on a record', () => {
    it('shows contacts with consent, meetings, asks and next steps', async () => {
      const { text } = await site.get(fenwick, amina);
      assert.match(text, /mailto:grace@fenwick\.example/);
      assert.match(text, /Agreed on .*calls and emails about placements/);
      assert.match(text, /No consent: nothing more is kept/);
      assert.match(text, /They want testing and fault-finding in every route/);
      assert.match(text, /Network technician, ST9001/);
      assert.match(text, /Agree dates for the summer placements/);
    });

    it('keeps no address of anyone who did not agree', async () => {
      const contact = { name: 'Owen Sayer', role: 'Buyer', email: 'owen@fenwick.example' };
      const wrong = await site.post(`${fenwick}/contacts/new`, contact, amina);
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, /href="#consent">Say what they agreed to/);
      assert.match(wrong.text, /value="owen@fenwick\.example"/);
      const id = randomUUID();
      const agreed = { ...contact, id, consent: 'emails', consentOn: '2026-11-01' };
      for (let time = 0; time < 2; time += 1) await site.post(`${fenwick}/contacts/new`, agreed, amina);
      const { text } = await site.get(fenwick, amina);
      assert.equal(text.match(/>Owen Sayer</g)?.length, 1, 'sent twice, added once');
      const path = `${fenwick}/contacts/${id}`;
      const revision = hiddenValue((await site.get(path, amina)).text, 'revision');
      await site.post(path, { ...contact, email: '', revision }, amina);
      assert.doesNotMatch((await site.get(fenwick, amina)).text, /owen@/, 'consent was taken back');
      const late = await site.post(path, { ...contact, email: '', revision }, tom);
      assert.equal(late.status, 409);
      assert.match(late.text, /Someone saved this meanwhile/);
      assert.equal((await site.post(`${path}/remove`, {}, amina)).to, `${fenwick}?done=gone`);
      assert.equal((await site.get(path, amina)).status, 404);
    });

    it('takes KSBs of the standard alone, and the route from it', async () => {
      const ask = { jobTitle: '', occupation: 'st9001', ksbs: 'K1, K77', region: 'South East', askedOn: '2026-11-01' };
      const wrong = await site.post(`${fenwick}/asks/new`, ask, amina);
      assert.match(wrong.text, /Version 1\.1 of ST9001 has no K77/);
      const id = randomUUID();
      await site.post(`${fenwick}/asks/new`, { ...ask, id, ksbs: 'K1 S8' }, amina);
      const form = (await site.get(`${fenwick}/asks/${id}`, amina)).text;
      assert.match(form, /<option value="Digital" selected>/);
      assert.match(form, /value="K1, S8"/);
      await site.post(`${fenwick}/asks/${id}/remove`, {}, amina);
    });

    it('writes a meeting down, with who was there', async () => {
      const form = (await site.get(`${fenwick}/meetings/new`, amina)).text;
      const present = /name="present" type="checkbox" value="([^"]+)"/.exec(form)?.[1] ?? '';
      const meeting = {
        kind: 'call',
        heldOn: '20/11/2026',
        present,
        said: '',
        occupations: 'ST9001',
        confidential: 'yes',
      };
      assert.match(
        (await site.post(`${fenwick}/meetings/new`, meeting, amina)).text,
        /Enter what was said and decided/,
      );
      const done = await site.post(`${fenwick}/meetings/new`, { ...meeting, said: 'Line one\nLine two' }, amina);
      assert.equal(done.status, 303);
      const { text } = await site.get(fenwick, amina);
      assert.match(text, /Call on 20 November 2026<\/a> <strong[^>]*>Confidential/);
      assert.match(text, /Written down by Amina Osei/);
    });

    it('lists next steps: mine, everyone’s, overdue first; done with one button', async () => {
      const mine = await site.get('/employers/next-steps', amina);
      assert.match(mine.text, /Ask Marek for the engineer’s name/);
      assert.doesNotMatch(main(mine.text), /Collect the switches/);
      const all = await site.get('/employers/next-steps?whose=all', amina);
      assert.match(all.text, /Collect the switches/);
      assert.match(all.text, /id="overdue">Overdue[\s\S]*id="later">Later/);
      const step = await partOf(fenwick, 'next-steps', 'Send the draft of the project to Grace');
      const revision = hiddenValue((await site.get(step, amina)).text, 'revision');
      const done = await site.post(`${step}/done`, { revision }, amina);
      assert.match(done.to, /next-steps\?organisation=.*done=step-done/);
      const late = await site.post(`${step}/done`, { revision }, tom);
      assert.equal(late.to, step, 'who is late sees what is there now');
      assert.match((await site.get(fenwick, amina)).text, /Send the draft of the project to Grace, done on/);
    });
  });

  describe('bringing a spreadsheet in', () => {
    const bytes = readFileSync(join(examples, 'employers.csv'));
    const look = (file: Uint8Array, name = 'employers.csv') =>
      site.upload('/employers/import', {}, { name, bytes: file }, tom);
    const hiddenOf = (html: string) =>
      Object.fromEntries(
        [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((one) => [
          one[1] ?? '',
          (one[2] ?? '').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
        ]),
      );

    it('shows what would change, brings it in once, and changes nothing the second time', async () => {
      const seen = await look(bytes);
      assert.equal(seen.status, 200, main(seen.text).slice(0, 500));
      assert.match(seen.text, /2 employers would be new, 1 would change, and 1 would stay/);
      assert.match(seen.text, /Juniper Fields Dairy, Oakvale/);
      assert.match(seen.text, /speaker; project; placement; kit/);
      assert.doesNotMatch((await site.get('/employers', tom)).text, /Juniper/, 'nothing is written yet');
      const hidden = hiddenOf(seen.text);
      for (let time = 0; time < 2; time += 1)
        assert.match((await site.post('/employers/import/apply', hidden, tom)).to, /done=imported/);
      const { text } = await site.get('/employers', tom);
      assert.equal(text.match(/>Juniper Fields Dairy</g)?.length, 1);
      const again = await look(bytes);
      assert.match(again.text, /Nothing: 4 employers are in your list already/);
      assert.doesNotMatch(again.text, /Bring it in<\/button>/);
    });

    it('says so where what looks alike was not brought in, since the list changed meanwhile', async () => {
      const seen = await look(Buffer.from('Name,Town\nLarkspur Hosting,Tidewell\nLarkspur Hosting,Elmford\n'));
      const hidden = hiddenOf(seen.text);
      await site.post('/employers/new', { name: 'Larkspur Hosting', town: 'Tidewell', anyway: 'yes' }, amina);
      const stale = await site.post('/employers/import/apply', { ...hidden, alike: 'yes' }, tom);
      assert.equal(stale.status, 409);
      assert.match(stale.text, /Your list changed meanwhile/);
    });

    it('says at once where a file holds more than the form can carry that brings it in', async () => {
      const rows = Array.from({ length: 1000 }, (_, at) => `Long Notes ${at},${'\\'.repeat(3000)}`);
      const seen = await look(Buffer.from(`Name,Notes\n${rows.join('\n')}\n`));
      assert.equal(seen.status, 422);
      assert.match(seen.text, /holds more text than can be brought in at once/);
    });

    it('does not apply a difference that nobody has seen', async () => {
      const seen = await look(Buffer.from('Name,Town\nBrand New,Oakvale\nMarlow Street Studios,Northfield\n'));
      const hidden = hiddenOf(seen.text);
      await site.post('/employers/new', { name: 'Brand New', town: 'Oakvale', notes: 'Meanwhile' }, amina);
      const other = await look(Buffer.from('Name,Town\nYet Another,Oakvale\n'));
      const stale = await site.post(
        '/employers/import/apply',
        { ...hiddenOf(other.text), seen: hidden.seen ?? '' },
        tom,
      );
      assert.equal(stale.status, 409);
      assert.match(stale.text, /Your list changed meanwhile/);
      assert.doesNotMatch((await site.get('/employers', tom)).text, /Yet Another/);
    });

    it('tells all faulty rows together, with row and column, and what it cannot read', async () => {
      const seen = await look(Buffer.from('Employer,Region\n,London\nFine,Mars\n'));
      assert.equal(seen.status, 422);
      assert.match(seen.text, /row 2, column Employer/);
      assert.match(seen.text, /row 3, column Region/);
      assert.doesNotMatch(seen.text, /Bring it in<\/button>/);
      assert.match((await look(new Uint8Array([1, 2, 3, 0, 5]), 'x.bin')).text, /There is a problem/);
      assert.match((await site.post('/employers/import', {}, tom)).text, /Choose a CSV, an Excel workbook/);
    });

    it('reads its own template back, XLSX and CSV', async () => {
      const csv = await site.get('/employers/template.csv', tom);
      for (const [, header] of fileColumns) assert.ok(csv.text.includes(`"${header}"`), header);
      const xlsx = await site.server.inject({
        url: '/employers/template.xlsx',
        headers: { host: 'localhost', cookie: `htq_session=${tom.token}` },
      });
      const seen = await look(xlsx.rawPayload, 'template.xlsx');
      assert.match(seen.text, /there is no employer in the file/);
    });
  });
});
