import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { writeDocx } from '#platform/documents/write-docx.ts';
import { openSite, type Site } from '../../../../test/support/site.ts';

describe('the check of a page, through its door', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  it('checks a page, as text and in files, each finding with its place and its mend', async () => {
    const html =
      '<h1>Level 4 Diploma in Community Networks (HTQ)</h1>\n<p>Our Level 4 Certificate in Network Support is an HTQ.</p><img src="/img/htq-quality-mark.png" alt="">';
    const page = (await site.post('/mark/check', { ukprn: '19999901', text: html })).text;
    assert.match(page, /Words in a title, line 1/);
    assert.match(page, /The mark does not hold, line 2/);
    assert.match(page, /withdrawn on 30 June 2026/);
    assert.match(page, /looks like a copy of the mark/);
    assert.match(page, /&lt;h1&gt;Level 4/, 'what was typed is kept');
    const docx = await writeDocx({
      title: 'Courses',
      summary: '',
      publisher: 'x',
      address: 'https://x.example',
      stand: '',
      date: site.ctx.clock(),
      contents: false,
      images: {},
      blocks: [
        {
          kind: 'paragraph',
          content: [{ kind: 'text', text: 'The Level 4 Certificate in Network Support is an HTQ.' }],
        },
      ],
    });
    assert.match(
      (await site.upload('/mark/check', { ukprn: '19999901' }, { name: 'p.docx', bytes: docx })).text,
      /The mark does not hold, paragraph/,
    );
    assert.match(
      (await site.post('/mark/check', { ukprn: '19999901', text: 'Nothing about it.' })).text,
      /Nothing wrong was found/,
    );
    const wrong = await site.post('/mark/check', { ukprn: '1', text: '' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /which has 8 digits/);
    assert.equal((await site.post('/mark/check', { ukprn: '10000000', text: 'x' })).status, 422);
  });

  it('lets no false claim of a page pass', async () => {
    const checked = async (text: string) => (await site.post('/mark/check', { ukprn: '19999901', text })).text;
    for (const [claim, kind] of [
      ['<p>Our Level 4 Diploma in Basket Weaving is an approved HTQ.</p>', /Not in the register, line 1/],
      ['<p>Pearson HNC in Engineering. It is an HTQ.</p>', /Not in the register, line 1/],
      ['<p>999/0005/5 is an HTQ.</p>', /(?:Not in the register|The mark does not hold), line 1/],
      ['999/0005/5 is an HTQ', /(?:Not in the register|The mark does not hold), line 1/],
      ['<h2>HTQ Computing</h2>', /Words in a title, line 1/],
      ['<h2>Higher Technical Qualification: Community Networks</h2>', /Words in a title, line 1/],
      [
        '<p>Community Networks is an HTQ for the Building services designer (ST9002).</p>',
        /Another occupation, line 1/,
      ],
      ['<p>Community Networks is an HTQ for site managers and lawyers.</p>', /<mark>site managers<\/mark>/],
      ['<p>Community Networks is an HTQ for ST1234.</p>', /<mark>ST1234<\/mark>/],
    ] as const) {
      const page = await checked(claim);
      assert.doesNotMatch(page, /Nothing wrong was found/, claim);
      assert.match(page, kind, claim);
    }
    const oneLine = await checked(
      '<h2>HTQ Computing</h2><p>Our Level 4 Diploma in Basket Weaving is an HTQ.</p><p>So is our HND in Art, an HTQ.</p>' +
        '<h2>Our HTQs</h2><ul><li>Level 4 Diploma in Community Networks</li><li>Level 4 Certificate in Network Support</li><li>HND in Design</li></ul><p>You need a Level 3 Diploma in Computing.</p>',
    );
    assert.match(oneLine, /Basket Weaving is an <mark>HTQ<\/mark>/);
    assert.match(oneLine, /HND in Art, an <mark>HTQ<\/mark>/);
    assert.match(oneLine, /The page calls Level 4 Certificate in Network Support an HTQ/);
    assert.match(oneLine, /<mark>HND in Design<\/mark>/);
    assert.doesNotMatch(oneLine, /<mark>You need/);
    const fine = await checked(
      [
        '<h1>What is an HTQ?</h1><p>HTQs are Level 4 and 5 qualifications. An HTQ meets a standard set by employers.</p>',
        '<h2>Level 4 Diploma in Community Networks</h2><p>It is an HTQ for the community network technician (ST9001).</p>',
        '<p>Community Networks is an HTQ for school leavers and career changers.</p>',
      ].join('\n'),
    );
    assert.match(fine, /Nothing wrong was found/);
  });

  it('reads text and pictures with the nearest heading before them', async () => {
    const page = (
      await site.post('/mark/check', {
        ukprn: '19999901',
        text: [
          '<h2>Level 5 Diploma in Building Services Design, a Higher Technical Qualification</h2>',
          '<p>It is an HTQ for building services designers.</p>',
          '<img src="/htq-mark.png" alt="HTQ">',
          '<h2>Level 4 Diploma in Community Networks</h2>',
          '<p>It is an HTQ for community network technicians.</p>',
        ].join('\n'),
      })
    ).text;
    assert.doesNotMatch(page, /Another occupation/);
    assert.match(page, /Write “Level 5 Diploma in Building Services Design”, and/);
    assert.doesNotMatch(page, /mark\/offers\/999-0001-1/);
    assert.match(page, /mark\/offers\/999-0002-2-northfield\/ST9002\/mark/);
    const unsure = (
      await site.post('/mark/check', { ukprn: '19999901', text: '<p>x</p><img src="htq-mark.png" alt="">' })
    ).text;
    assert.match(unsure, /looks like a copy of the mark/);
    assert.doesNotMatch(unsure, /mark\/offers\//);
  });
});

// A site of its own, since one visitor checks twenty pages a minute.
describe('the check of pages that are long or hold pictures', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  it('answers soon, however a page is made', async () => {
    for (const text of [
      'HTQs are\n'.repeat(50_000),
      'Community Networks is an HTQ\n'.repeat(10_000),
      '<h2>HTQ</h2><p>HTQs</p>'.repeat(10_000),
      `<h2>HTQ ${','.repeat(200_000)}x</h2>`,
    ]) {
      const began = performance.now();
      const page = await site.post('/mark/check', { ukprn: '19999901', text });
      assert.equal(page.status, 200);
      assert.ok(performance.now() - began < 15_000, text.slice(0, 30));
    }
    const many = (
      await site.post('/mark/check', { ukprn: '19999901', text: '<p>Our HND in Art x is an HTQ</p>\n'.repeat(500) })
    ).text;
    assert.match(many, /500 things on this page break a rule/);
    assert.match(many, /And 300 more/);
    const pictures = await site.post('/mark/check', { ukprn: '19999901', text: '<p>x</p><img src="x">'.repeat(400) });
    assert.equal(pictures.status, 422);
    assert.match(pictures.text, /more than 300 pictures/);
  });

  it('takes a picture for what is in it: another’s mark, a copy, an address that is none', async () => {
    const checked = async (text: string) => (await site.post('/mark/check', { ukprn: '19999901', text })).text;
    const { rawPayload } = await site.server.inject({
      url: '/mark/offers/999-0001-1-northfield/ST9001/credential.svg',
      headers: { host: 'localhost' },
    });
    const picture = `<img alt="The mark" src="data:image/svg+xml;base64,${rawPayload.toString('base64')}">`;
    assert.match(
      await checked(`<h2>Level 4 Diploma in Community Networks</h2>${picture}`),
      /looks like a copy of the mark/,
    );
    assert.match(
      await checked(`<h2>Level 5 Diploma in Building Services Design</h2>${picture}`),
      /This is the mark of Level 4 Diploma in Community Networks, and it stands under/,
    );
    const teach = `<img alt="m" src="${site.ctx.address}/mark/offers/999-0002-2-northfield/ST9002/mark-light.svg">`;
    assert.match(
      await checked(`<p>Our new course.</p>${teach}`),
      /from 11 September 2028 on, and the page does not say so beside/,
    );
    assert.match(await checked(`<p>It begins in Sept 2028.</p>${teach}`), /Nothing wrong was found/);
    const others = (await site.post('/mark/check', { ukprn: '19999902', text: `<p>x</p>${picture}` })).text;
    assert.match(others, /mark of another provider/);
    const live = '/mark/offers/999-0001-1-northfield/ST9001/mark-light.svg';
    const shown = (host: string) => checked(`<p>x</p><img alt="HTQ quality mark" src="${host}${live}">`);
    assert.match(await shown(site.ctx.address), /Nothing wrong was found/);
    for (const copy of ['https://college.example', '', '//college.example'])
      assert.match(await shown(copy), /looks like a copy of the mark/, copy);
    assert.match(
      await checked(`<p>x</p><img alt="HTQ" src="${site.ctx.address}/mark/offers/%/ST9001/mark-light.svg">`),
      /looks like a copy of the mark/,
    );
  });

  it('reads the pictures of a Word document where they stand, with the text that was given to them', async () => {
    const { rawPayload } = await site.server.inject({
      url: '/mark/offers/999-0001-1-northfield/ST9001/credential.png',
      headers: { host: 'localhost' },
    });
    const docx = (descr: string, heading: string) =>
      zipSync({
        'word/media/image1.png': new Uint8Array(rawPayload),
        'word/_rels/document.xml.rels': strToU8(
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId5" Target="media/image1.png"/></Relationships>',
        ),
        'word/document.xml': strToU8(
          `<w:document><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>${heading}</w:t></w:r></w:p><w:p><w:drawing><wp:docPr descr="${descr}"/><a:blip r:embed="rId5"/></w:drawing></w:p></w:document>`,
        ),
      });
    const checked = async (descr: string, heading: string) =>
      (await site.upload('/mark/check', { ukprn: '19999901' }, { name: 'p.docx', bytes: docx(descr, heading) })).text;
    const own = 'Level 4 Diploma in Community Networks';
    assert.match(await checked('The mark', own), /Picture of the mark, paragraph 2[\s\S]*looks like a copy/);
    assert.match(await checked('', own), /no text for people who do not see it/);
    assert.match(await checked('The mark', 'Level 5 Diploma in Building Services Design'), /and it stands under/);
    const broken = zipSync({ 'word/document.xml': strToU8('<w:document><w:p></w:document') });
    const answer = await site.upload('/mark/check', { ukprn: '19999901' }, { name: 'p.docx', bytes: broken });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /The document is damaged/);
  });
});
