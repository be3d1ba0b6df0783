import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));
const field = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

describe('rounds', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const day = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const edit = async (slug: string, path: string, fields: Readonly<Record<string, string>>) => {
    const page = await site.get(`/have-your-say/${slug}/edit`, edward);
    return site.post(
      `/have-your-say/${slug}/edit${path}`,
      { revision: field(page.text, 'revision'), ...fields },
      edward,
    );
  };
  const newRound = async (title: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const begun = await site.post('/have-your-say/desk', { id: randomUUID(), title, with: 'none' }, edward);
    const slug = /^\/have-your-say\/([\w-]+)\/edit$/.exec(begun.to)?.[1] ?? '';
    await edit(slug, '/section', { what: 's1', title: 'Kit' });
    await edit(slug, '/section', { what: 's2', title: 'People' });
    const put = (section: string, what: string, kind: string, fields: Readonly<Record<string, string>>) =>
      edit(slug, '/question', { section, what, kind, title: `Question ${what}`, ...fields });
    await put('s1', 'have', 'one-of', { options: 'Yes\nNo', required: 'yes' });
    await put('s1', 'lack', 'text', { long: 'yes', when: 'have/o2' });
    await put('s1', 'which', 'several-of', { options: 'Lab\nRig\nLicence' });
    await put('s2', 'ready', 'scale', { least: '1', most: '5', leastWords: 'not at all', mostWords: 'fully' });
    await put('s2', 'staff', 'number', { least: '0', most: '500' });
    await put('s2', 'plan', 'file', {});
    const described = await edit(slug, '', {
      title,
      purpose: 'To learn what kit is missing.',
      audience: 'colleges',
      opensAt: `${day(-1)} 09:00`,
      closesAt: `${day(20)} 17:00`,
      ...more,
    });
    assert.match(described.to, /done=saved/);
    assert.match((await edit(slug, '/put-to-use', { note: 'First' })).to, /done=used/);
    return slug;
  };
  const begin = async (slug: string): Promise<string> => (await site.post(`/have-your-say/${slug}/answer`, {})).to;
  const fill = async (path: string, fields: Readonly<Record<string, string>>) => {
    const page = await site.get(path);
    return site.post(path, { revision: field(page.text, 'revision'), ...fields });
  };

  it('an editor builds questions of every kind with conditions, and a visitor answers them, saved and returned to', async () => {
    const slug = await newRound('Kit for construction');
    assert.match(main((await site.get('/have-your-say')).text), /Kit for construction/);
    const shown = main((await site.get(`/have-your-say/${slug}`)).text);
    assert.match(shown, /To learn what kit is missing/);
    const first = await begin(slug);
    assert.match(first, new RegExp(`^/have-your-say/${slug}/answer/[\\w-]{32}/s1$`));
    const wrong = await fill(first, { which: 'o1' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /href="#have">Choose one/);
    assert.match(wrong.text, /value="o1" checked/, 'what was chosen is kept');
    assert.doesNotMatch(wrong.text, /Question lack/, 'its condition does not hold');
    const second = (await fill(first, { have: 'o2', which: 'o2' })).to;
    assert.match(second, /\/s2$/);
    assert.match((await site.get(first)).text, /Question lack/, 'asked after a no');
    await fill(first, { have: 'o2', which: 'o2', lack: 'A <b>total</b> station' });
    assert.equal((await fill(first, { have: 'o2', lack: 'x'.repeat(200_000) })).status, 422);
    assert.match((await fill(second, { staff: 'many' })).text, /Enter a number, such as 25/);
    assert.match((await fill(second, { ready: '4', staff: '1,2' })).to, /about-you$/);
    const address = second.replace('/s2', '');
    await fill(`${address}/about-you`, { region: 'London', mayPublish: 'yes', name: 'Jo' });
    const checked = main((await site.get(address)).text);
    for (const words of ['A &lt;b&gt;total&lt;/b&gt; station', 'Rig', '12', 'London', 'Jo'])
      assert.ok(checked.includes(words), words);
    // A change of mind: what hung on the old answer goes with it.
    await fill(first, { have: 'o1' });
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${address}/send`, {})).to, `${address}?done=sent`);
    const sent = main((await site.get(address)).text);
    assert.doesNotMatch(sent, /total/);
    assert.match(sent, /Your answer is sent/);
    assert.equal((await site.get(first)).to, address, 'it cannot be changed any more');
  });

  it('of two tabs the second is told, and loses nothing', async () => {
    const slug = await newRound('Two tabs');
    const first = await begin(slug);
    const page = await site.get(first);
    const revision = field(page.text, 'revision');
    await site.post(first, { revision, have: 'o1' });
    const second = await site.post(first, { revision, have: 'o2', which: 'o3' });
    assert.equal(second.status, 422);
    assert.match(second.text, /saved in another tab/);
    assert.match(second.text, /value="o3" checked/);
    const again = await site.post(first, { revision: field(second.text, 'revision'), have: 'o2', which: 'o3' });
    assert.equal(again.status, 303);
  });

  it('files are looked at, counted and taken out again', async () => {
    const slug = await newRound('Files');
    const first = await begin(slug);
    const second = (await fill(first, { have: 'o1' })).to;
    const send = async (name: string, bytes: Uint8Array) => {
      const revision = field((await site.get(second)).text, 'revision');
      const boundary = 'bound';
      const answer = await site.server.inject({
        method: 'POST',
        url: second,
        headers: { host: 'localhost', 'content-type': `multipart/form-data; boundary=${boundary}` },
        payload: Buffer.concat([
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="revision"\r\n\r\n${revision}\r\n--${boundary}\r\ncontent-disposition: form-data; name="plan"; filename="${name}"\r\n\r\n`,
          ),
          Buffer.from(bytes),
          Buffer.from(`\r\n--${boundary}--\r\n`),
        ]),
      });
      return answer;
    };
    const wrong = await send('plan.exe', Buffer.from('MZ\0\0nonsense'));
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /plan\.exe: The file is none of/);
    assert.equal((await send('plan.txt', Buffer.from('What we plan'))).statusCode, 303);
    assert.match((await site.get(second)).text, /plan\.txt, 1 KB/);
    const remove = /name="remove" value="([\w-]+)"/.exec((await site.get(second)).text)?.[1] ?? '';
    await fill(second, { remove });
    assert.doesNotMatch((await site.get(second)).text, /plan\.txt/);
    const large = await send('large.txt', Buffer.alloc(21 * 1024 * 1024, 'a'));
    assert.equal(large.statusCode, 413);
  });

  it('where the round says so, one address answers once, and its answer counts once it is confirmed', async () => {
    const slug = await newRound('Once each', { onePerAddress: 'yes' });
    const answer = async (): Promise<string> => {
      const first = await begin(slug);
      const address = first.replace('/s1', '');
      await fill(first, { have: 'o1' });
      assert.equal((await fill(`${address}/about-you`, { mayPublish: 'no' })).status, 422, 'an address is needed');
      await fill(`${address}/about-you`, { mayPublish: 'no', address: 'Once@College.example' });
      assert.equal((await site.post(`${address}/send`, {})).to, `${address}?done=mail`);
      const [mail] = (await keptMail(site.ctx, 500)).filter((one) => one.to === 'once@college.example');
      const href = /http:\/\/localhost(\/have-your-say\/[\w-]+\/confirm\/[\w-]+)/.exec(JSON.stringify(mail?.body))?.[1];
      assert.ok(href);
      return href;
    };
    site.setTime(new Date(site.ctx.clock().getTime() + 1000));
    const one = await answer();
    site.setTime(new Date(site.ctx.clock().getTime() + 1000));
    const other = await answer();
    assert.notEqual(one, other);
    assert.match((await site.get(one)).text, /Is this answer from you\?/);
    assert.match((await site.post(one, {})).to, /done=yes/);
    assert.match((await site.post(other, {})).to, /before=yes/);
    const { sql } = await import('kysely');
    const { rows } = await sql<{ address_hash: string }>`select address_hash from have_your_say.answer
      where state = 'sent' and address_hash is not null`.execute(site.ctx.db);
    assert.equal(rows.length, 1);
    assert.match(rows[0]?.address_hash ?? '', /^[0-9a-f]{64}$/);
  });

  it('an answer that was chosen can be taken back, where it is optional', async () => {
    const slug = await newRound('Second thoughts');
    const first = await begin(slug);
    assert.doesNotMatch((await site.get(first)).text, /No answer/, 'one that is required cannot');
    await fill(first, { have: 'o1' });
    const second = first.replace(/s1$/, 's2');
    await fill(second, { ready: '3' });
    const shown = (await site.get(second)).text;
    assert.match(shown, /name="ready" type="radio" value="3" checked/);
    assert.match(shown, /name="ready" type="radio" value="">[^<]*<label[^>]*>No answer/);
    await fill(second, { ready: '' });
    assert.doesNotMatch((await site.get(second)).text, /type="radio" value="3" checked/);
  });

  it('Enter in a page with files goes on, and takes no file out', async () => {
    const slug = await newRound('By keyboard');
    const second = (await begin(slug)).replace(/s1$/, 's2');
    const form = /<form action="[^"]*\/s2"[\s\S]*?<\/form>/.exec((await site.get(second)).text)?.[0] ?? '';
    const buttons = [...form.matchAll(/<button[^>]*>/g)].map(([button]) => button);
    assert.ok(buttons.length >= 3);
    assert.doesNotMatch(buttons[0] ?? '', /name=/, 'the first button is what Enter presses');
  });

  it('a closed round takes nothing more, and says that it did not count', async () => {
    const slug = await newRound('Closing');
    const first = await begin(slug);
    await fill(first, { have: 'o1' });
    const desk = main((await site.get(`/have-your-say/${slug}/edit`, edward)).text);
    assert.doesNotMatch(desk, /<form action="[^"]*\/close"/, 'one press closes nothing');
    assert.match(desk, /href="[^"]*\/edit\/close">Close the round now/);
    const asked = main((await site.get(`/have-your-say/${slug}/edit/close`, edward)).text);
    assert.match(asked, /Close this round now\?[\s\S]*It has 0 answers[\s\S]*1 answer that people have begun/);
    assert.equal((await site.get(`/have-your-say/${slug}/edit/close`)).status, 303, 'for editors');
    await site.post(`/have-your-say/${slug}/edit/close`, {}, edward);
    assert.equal((await site.get(`/have-your-say/${slug}/edit/close`, edward)).to, `/have-your-say/${slug}/edit`);
    const address = first.replace('/s1', '');
    await site.post(`${address}/send`, {});
    assert.match(main((await site.get(address)).text), /The round is closed/);
    assert.equal(await begin(slug), `/have-your-say/${slug}`);
    assert.match(main((await site.get(`/have-your-say/${slug}`)).text), /takes no more answers/);
  });

  it('questions that cannot work are not put to use, and versions are kept', async () => {
    const slug = await newRound('Versions');
    await edit(slug, '/move', { what: 'have', way: 'down' });
    const wrong = await edit(slug, '/put-to-use', {});
    assert.match(wrong.text, /hangs on a question that does not come before it/);
    await edit(slug, '/take-out', { what: 'lack' });
    assert.match((await edit(slug, '/put-to-use', { note: 'Shorter' })).to, /done=used/);
    assert.match(main((await site.get(`/have-your-say/${slug}/edit`, edward)).text), /2: .*Shorter/);
    const stale = await site.post(`/have-your-say/${slug}/edit/take-out`, { what: 'have', revision: '1' }, edward);
    assert.match(stale.text, /Somebody changed this round/);
  });

  it('what works becomes a draft example in two clicks', async () => {
    const begun = await site.post('/practice/share', { summary: 'We lend kits to learners.' });
    assert.match(begun.to, /\/what$/);
    const how = await site.get(begun.to.replace('/what', '/how'));
    assert.match(how.text, /We lend kits to learners\./);
  });
});
