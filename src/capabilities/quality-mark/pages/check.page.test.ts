import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
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
