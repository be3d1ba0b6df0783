import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { answerRound } from '../../../../test/support/answers.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { forgetSettledJob } from '../use-cases/forget-settled.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));
const slug = 'teaching-digital';
const read = `/have-your-say/${slug}/read`;

describe('what whoever moderates is led to, and takes away', () => {
  let site: Site;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  const answer = (works: string, about: Readonly<Record<string, string>> = {}): Promise<string> =>
    answerRound(site, slug, works, about);

  it('without names the sheet has no word that the moderator took out, and none that tells who wrote it', async () => {
    const id = await answer(
      'We rent rigs. Ring Jo on 01234 567890 or write to jo@college.example, she knows all of it.',
    );
    const other = await answer('Not for everyone: ring 01234 999999 about our rigs, which we rent by the term.', {
      mayPublish: 'no',
    });
    const path = `${read}/answers/${id}`;
    await site.post(
      path,
      { question: 'works', how: 'redacted', text: 'We rent rigs.', reason: 'Names somebody', seen: '' },
      maya,
    );
    const sheet = async (fields: Readonly<Record<string, string>>) =>
      (await site.post(`${read}/export`, { format: 'csv', ...fields }, maya)).text;
    const without = await sheet({});
    assert.ok(without.includes(id) && without.includes(other));
    assert.doesNotMatch(without, /01234|jo@college|Ring Jo/);
    assert.match(without, /We rent rigs\./);
    assert.match(without, /ring \[taken out\] about our rigs/);
    const whole = await sheet({ names: 'yes' });
    assert.match(whole, /Ring Jo on 01234 567890/);
  });

  it('whoever moderates is led to the answers that wait, and not to what editors decide', async () => {
    await answer('An answer that waits for somebody to read it, with enough words to be one.');
    const desk = '/have-your-say/reading';
    assert.match((await site.get('/have-your-say', maya)).text, new RegExp(`href="${desk}"`));
    assert.match(main((await site.get(desk, maya)).text), new RegExp(`href="${read}"[^]*answers? to moderate, of`));
    assert.equal((await site.get(desk, await site.as('amina.lead@northfield.example'))).status, 403);
    const decisions = main((await site.get('/have-your-say/equipment-for-construction/read/decisions', maya)).text);
    assert.doesNotMatch(decisions, /Add a decision/);
    assert.match(decisions, /Editors say what was done/);
  });

  it('an answer without any answer is not sent', async () => {
    const first = (await site.post(`/have-your-say/${slug}/answer`, {})).to;
    const sent = await site.post(`${first.replace(/\/[^/]+$/, '')}/send`, {});
    assert.equal(sent.status, 422);
    assert.match(sent.text, /Answer at least one question before you send it/);
  });

  it('an address that nobody was told by is deleted after two years, and the answer stays', async () => {
    const id = await answer('Rigs on loan, for a term at a time.', { address: 'later@college.example' });
    const address = async () =>
      (
        await sql<{ address: string | null }>`select address from have_your_say.answer where id = ${id}`.execute(
          site.ctx.db,
        )
      ).rows[0]?.address;
    site.setTime(new Date(site.ctx.clock().getTime() + 729 * 86_400_000));
    await forgetSettledJob.run(site.ctx, {}, {} as never);
    assert.equal(await address(), 'later@college.example');
    site.setTime(new Date(site.ctx.clock().getTime() + 2 * 86_400_000));
    assert.match(await forgetSettledJob.run(site.ctx, {}, {} as never), /and 1 addresses/);
    assert.equal(await address(), null);
  });
});
