import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Context, makeContext } from '#platform/context.ts';
import { keptMail, listMail } from '#platform/mail/outbox.ts';
import { findSubscription } from '#platform/subscriptions/keep-subscriptions.ts';
import { confirmSubscribing, subscribe, unsubscribe } from '#platform/subscriptions/subscribe.ts';
import type { Frequency } from '#platform/subscriptions/subscription.ts';
import { tellNews } from '#platform/subscriptions/tell-news.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { type Scope, scopeText } from '../domain/scope.ts';
import { addVersion, findPage } from '../store/guide.ts';
import { seedGuide } from './seed-guide.ts';
import { guidanceNews } from './tell-subscribers.ts';

describe('telling people of changes', () => {
  let store: TestStore;
  let ctx: Context;
  let now = testInstant;
  before(async () => {
    store = await openTestContext('example', () => now);
    ctx = store.ctx;
    await seedGuide(ctx);
  });
  beforeEach(() => {
    now = new Date(now.getTime() + 3_600_000);
  });
  after(() => store.close());

  let people = 0;
  const someone = (): string => {
    people += 1;
    return `reader${people}@college.example`;
  };
  const mailsTo = async (address: string) => (await keptMail(ctx, 500)).filter((one) => one.to === address);
  const updatesTo = async (address: string) =>
    (await mailsTo(address)).filter((one) => !/Do you want/.test(one.subject));
  const askFor = (address: string, scope: Scope, frequency: Frequency) =>
    subscribe(ctx, { address, list: 'guidance', scope: scopeText(scope), words: 'changes', frequency });
  const ask = async (address: string, scope: Scope, frequency: Frequency): Promise<string> => {
    const before = new Set((await mailsTo(address)).map((one) => one.id));
    await askFor(address, scope, frequency);
    const mail = (await mailsTo(address)).find((one) => !before.has(one.id));
    const link = mail?.body.find((block) => block.kind === 'link');
    return link?.kind === 'link' ? (link.href.split('/').at(-1) ?? '') : '';
  };
  const follow = async (address: string, scope: Scope, frequency: Frequency): Promise<string> => {
    const token = await ask(address, scope, frequency);
    assert.equal(await confirmSubscribing(ctx, token), true);
    return token;
  };
  const change = async (page: string, note: string, major = true) => {
    now = new Date(now.getTime() + 60_000);
    const found = await findPage(ctx, page);
    assert.ok(found);
    await addVersion(ctx, page, {
      ...found.current,
      number: found.current.number + 1,
      major,
      changeNote: major ? note : null,
      writtenBy: null,
      checkedBy: null,
    });
  };

  it('sends nothing to an address that has not confirmed, and asks it five times a day at most', async () => {
    const address = someone();
    await ask(address, { kind: 'guide' }, 'at-once');
    await change('funding', 'New sums.');
    await tellNews(ctx, guidanceNews, 'at-once');
    assert.equal((await updatesTo(address)).length, 0);
    for (let time = 0; time < 8; time += 1) await askFor(address, { kind: 'guide' }, 'daily');
    assert.equal((await mailsTo(address)).length, 5);
  });

  it('tells of major changes after the confirmation: the page’s, the topic’s or the guide’s, and of no others', async () => {
    const [page, topic, guide] = [someone(), someone(), someone()];
    await change('cycles', 'Before anyone asked.');
    now = new Date(now.getTime() + 60_000);
    await follow(page, { kind: 'page', page: 'funding' }, 'at-once');
    await follow(topic, { kind: 'topic', topic: 'Approval' }, 'at-once');
    await follow(guide, { kind: 'guide' }, 'at-once');
    await change('funding', 'More money.');
    await change('approval', 'Fewer rules.');
    await change('approval', '', false);
    await tellNews(ctx, guidanceNews, 'at-once');
    const texts = async (address: string) =>
      JSON.stringify((await updatesTo(address)).map((one) => one.body)).match(
        /More money|Fewer rules|Before anyone/g,
      ) ?? [];
    assert.deepEqual(await texts(page), ['More money']);
    assert.deepEqual(await texts(topic), ['Fewer rules']);
    assert.deepEqual([...(await texts(guide))].sort(), ['Fewer rules', 'More money']);
    assert.equal(await tellNews(ctx, guidanceNews, 'at-once'), 0, 'run again, nobody is told twice');
  });

  it('two subscriptions that share a page: told once, and no change lost', async () => {
    const address = someone();
    await follow(address, { kind: 'page', page: 'employers' }, 'at-once');
    await follow(address, { kind: 'guide' }, 'weekly');
    await change('employers', 'Shared page.');
    await change('quality-mark', 'Only in the guide.');
    await tellNews(ctx, guidanceNews, 'at-once');
    await tellNews(ctx, guidanceNews, 'weekly');
    const told = JSON.stringify((await updatesTo(address)).map((one) => one.body));
    assert.equal(told.match(/Shared page\./g)?.length, 1);
    assert.equal(told.match(/Only in the guide\./g)?.length, 1);
  });

  it('a digest has everything since the last, and is never empty', async () => {
    const address = someone();
    await follow(address, { kind: 'guide' }, 'daily');
    await tellNews(ctx, guidanceNews, 'daily');
    assert.equal((await updatesTo(address)).length, 0, 'nothing changed, nothing is sent');
    await change('funding', 'First.');
    await change('funding', 'Second.');
    await tellNews(ctx, guidanceNews, 'daily');
    const [digest] = await updatesTo(address);
    assert.equal(digest?.subject, '2 changes to the guidance');
    await tellNews(ctx, guidanceNews, 'daily');
    assert.equal((await updatesTo(address)).length, 1);
  });

  it('ends with one click, and what waited in the outbox is taken back', async () => {
    const address = someone();
    const token = await follow(address, { kind: 'guide' }, 'at-once');
    // A store of one's own without mail lets messages wait.
    const waiting = makeContext({ ...ctx, storeKind: 'own' });
    await change('have-your-say', 'Waits.');
    await tellNews(waiting, guidanceNews, 'at-once');
    assert.ok((await listMail(ctx, 'waiting', 100)).some((one) => one.to === address));
    assert.equal(await unsubscribe(ctx, token), true);
    assert.ok(!(await listMail(ctx, 'waiting', 100)).some((one) => one.to === address));
    await change('have-your-say', 'After the end.');
    await tellNews(ctx, guidanceNews, 'at-once');
    assert.equal((await updatesTo(address)).length, 0);
    assert.equal(await unsubscribe(ctx, token), true, 'a second click does no harm');
    assert.equal(await unsubscribe(ctx, 'made-up'), false);
    assert.equal(await confirmSubscribing(ctx, token), false, 'what has ended is not begun again by an old link');
    assert.ok((await findSubscription(ctx, token))?.endedAt);
  });

  it('who follows a section is told when its words change, and of nothing else on the page', async () => {
    const address = someone();
    await follow(address, { kind: 'section', page: 'approval', section: 'nested-awards' }, 'at-once');
    const write = async (body: string) => {
      now = new Date(now.getTime() + 60_000);
      const found = await findPage(ctx, 'approval');
      assert.ok(found);
      const { number } = found.current;
      await addVersion(ctx, 'approval', {
        ...found.current,
        body,
        number: number + 1,
        major: true,
        changeNote: `Change ${number}`,
        writtenBy: null,
        checkedBy: null,
      });
      await tellNews(ctx, guidanceNews, 'at-once');
    };
    const body = (await findPage(ctx, 'approval'))?.current.body ?? '';
    await write(body.replace('A committee decides.', 'A committee decides it.'));
    assert.equal((await updatesTo(address)).length, 0);
    await write(body.replace('A certificate within', 'Any certificate within'));
    assert.equal((await updatesTo(address)).length, 1);
    await write(body.replace('## Nested awards', '## Awards within awards'));
    assert.equal((await updatesTo(address)).length, 2, 'that the section went is told too');
  });

  it('who follows a route is told of pages that are about it', async () => {
    const [digital, transport] = [someone(), someone()];
    await follow(digital, { kind: 'route', route: 'Digital' }, 'at-once');
    await follow(transport, { kind: 'route', route: 'Transport and logistics' }, 'at-once');
    await change('facilities', 'Prices.');
    await change('funding', 'A date.');
    await tellNews(ctx, guidanceNews, 'at-once');
    assert.equal((await updatesTo(digital)).length, 1);
    assert.equal((await updatesTo(transport)).length, 0);
  });
});
