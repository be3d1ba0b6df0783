import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { testInstant } from '../../../../test/support/stores.ts';
import { publishDue } from '../use-cases/edit-page.ts';

describe('editing the guide', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const fields = (body: string, revision = '0', act = 'submit') => ({
    title: 'A title',
    summary: 'A summary.',
    body,
    major: 'yes',
    changeNote: 'Changed.',
    revision,
    act,
  });

  it('finds what a reader would stumble over, and hands nothing over that has it', async () => {
    const path = '/guidance/employers/edit';
    const body = 'Before.\n\n#### Deep\n\n[here](/guidance/no-such) ![](file:none)';
    const answer = await site.post(path, fields(body), edward);
    assert.equal(answer.status, 422);
    for (const words of [
      'Line 3: “Deep” is a heading of level 4 below one of level 1',
      'Line 5: The link “here” does not say where it leads',
      'Line 5: Nothing is at /guidance/no-such',
      'Line 5: The image file:none has no words',
    ])
      assert.ok(answer.text.includes(words), words);
    assert.match(answer.text, /#### Deep/);
    assert.match((await site.post(path, fields(body, '0', 'save'), edward)).to, /done=saved/);
    assert.match((await site.get(path, edward)).text, /Line 3: “Deep”/);
  });

  it('shows callouts', async () => {
    const path = '/guidance/cycles/edit';
    await site.post(path, fields('> [!WARNING] Mind this.', '0', 'save'), edward);
    assert.match(
      (await site.get(path, edward)).text,
      /htq-callout__kind">Warning<\/p>\s*<p class="govuk-body">Mind this\./,
    );
  });

  it('shows a page as it stood on a day, and says when it was not there yet', async () => {
    const history = '/guidance/approval/history';
    assert.equal(
      (await site.get(`${history}?on=${testInstant.toISOString().slice(0, 10)}`)).to,
      '/guidance/approval/versions/1',
    );
    assert.match((await site.get(`${history}?on=2021-10-13`)).text, /The page was not there yet on that day/);
    assert.match((await site.get(`${history}?on=someday`)).text, /Enter a date/);
  });

  it('a withdrawn page leads to what holds in its place', async () => {
    const path = '/guidance/seven-themes';
    await site.post(`${path}/edit/withdraw`, { reason: 'Said elsewhere.', instead: 'getting-ready' }, edward);
    const { text } = await site.get(path);
    assert.match(text, /Said elsewhere\./);
    assert.match(text, /<a class="govuk-link" href="\/guidance\/getting-ready">Read instead: /);
  });

  it('takes words out of every version and the draft, with a reason that everyone sees', async () => {
    const path = '/guidance/funding';
    await site.post(`${path}/edit`, fields('Write to jo@home.example, or not.'), edward);
    await site.post(`${path}/edit/publish`, { revision: '1' }, edward);
    await site.post(`${path}/edit`, fields('Still jo@home.example.'), edward);
    await site.post(`${path}/edit/publish`, { revision: '1' }, edward);
    const wrong = await site.post(
      `${path}/edit/take-out`,
      { words: 'jo@home.example', why: 'It is jo@home.example' },
      edward,
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /The reason is public/);
    assert.match(
      (await site.post(`${path}/edit/take-out`, { words: 'not in it', why: 'X' }, edward)).text,
      /No version of this page has these words/,
    );
    const done = await site.post(
      `${path}/edit/take-out`,
      { words: 'jo@home.example', why: 'A private address.' },
      edward,
    );
    assert.equal(done.to, `${path}/history?done=taken-out`);
    for (const at of ['', '/versions/2', '/versions/3', '/changes/2..3']) {
      const { text } = await site.get(`${path}${at}`);
      assert.doesNotMatch(text, /jo@home/);
    }
    assert.match((await site.get(`${path}/versions/2`)).text, /Write to \[taken out\], or not\./);
    assert.match((await site.get(`${path}/history`)).text, /words were taken out of 2 versions\. A private address\./);
    assert.doesNotMatch((await site.get('/search?q=home.example')).text, /jo@/);
  });

  it('tells search engines what a page and a table are, and nothing in a title ends that', async () => {
    const path = '/guidance/approval';
    const data = (text: string) =>
      JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? 'null');
    assert.equal(data((await site.get(path)).text)['@type'], 'Article');
    await site.post(`${path}/edit`, { ...fields('New.'), title: 'A </script><b>title' }, edward);
    await site.post(`${path}/edit/publish`, { revision: '1' }, edward);
    const { text } = await site.get(path);
    assert.equal(data(text).headline, 'A </script><b>title');
    assert.doesNotMatch(text, /<\/script><b>/);
    const table = '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example';
    assert.equal(data((await site.get(table)).text).distribution.length, 3);
  });

  it('publishes at the time that was set, and not before; saving anew takes that back', async () => {
    const path = '/guidance/who-does-what';
    const later = new Date(testInstant.getTime() + 48 * 3_600_000).toISOString().slice(0, 16);
    const submit = async (words: string, revision: string) =>
      assert.match((await site.post(`${path}/edit`, fields(words, revision), edward)).to, /done=submitted/);
    await submit('On the day.', '0');
    for (const at of ['2021-10-13 09:00', 'someday']) {
      const wrong = await site.post(`${path}/edit/publish`, { revision: '1', at }, edward);
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, new RegExp(`value="${at}"`));
    }
    assert.equal(
      (await site.post(`${path}/edit/publish`, { revision: '1', at: later }, edward)).to,
      `${path}/edit?done=scheduled`,
    );
    assert.deepEqual(await publishDue(site.ctx), []);
    assert.match((await site.get(`${path}/edit`, edward)).text, /Checked, and published at/);
    await submit('On another day.', '1');
    assert.equal(
      (await site.post(`${path}/edit/publish`, { revision: '2', at: later }, edward)).to,
      `${path}/edit?done=scheduled`,
    );
    site.setTime(new Date(testInstant.getTime() + 49 * 3_600_000));
    assert.deepEqual(await publishDue(site.ctx), ['who-does-what']);
    assert.deepEqual(await publishDue(site.ctx), []);
    assert.match((await site.get(path)).text, /On another day\./);
    site.setTime(testInstant);
  });
});
