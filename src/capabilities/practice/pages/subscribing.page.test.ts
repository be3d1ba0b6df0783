import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { tellNews } from '#platform/subscriptions/tell-news.ts';
import { openSite, type Site } from '../../../../test/support/site.ts';
import { type ExampleText, emptyText } from '../domain/example.ts';
import { addExample } from '../store/examples.ts';
import { practiceNews } from '../use-cases/tell-subscribers.ts';

describe('new examples by email', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const mailsTo = async (address: string) => (await keptMail(site.ctx, 500)).filter((one) => one.to === address);
  const follow = async (address: string, scope: string): Promise<void> => {
    const asked = await site.post('/practice/subscribe', { scope, frequency: 'at-once', address });
    assert.match(asked.text, /Check your email/);
    const link = (await mailsTo(address))[0]?.body.find((block) => block.kind === 'link');
    await site.post(`${link?.kind === 'link' ? new URL(link.href).pathname : ''}/confirm`, {});
  };
  const publish = async (text: Partial<ExampleText>): Promise<void> => {
    site.setTime(new Date(site.ctx.clock().getTime() + 60_000));
    await addExample(site.ctx, {
      id: randomUUID(),
      token: randomUUID(),
      state: 'published',
      text: { ...emptyText, ...text },
      origin: 'sent in',
      organisation: null,
      person: null,
      address: null,
      publishedAt: site.ctx.clock(),
      reviewDue: null,
    });
  };

  it('tells of a theme or a route what was published since, once, and nothing of other themes', async () => {
    await follow('theme@college.example', 'theme:curriculum');
    await follow('route@college.example', 'route:Digital');
    assert.equal(await tellNews(site.ctx, practiceNews, 'at-once'), 0, 'what stood before is no news');
    await publish({ theme: 'curriculum', title: 'Fewer assessments', routes: ['Transport and logistics'] });
    await publish({ theme: 'support-staff', title: 'Days in industry', routes: [] });
    assert.equal(await tellNews(site.ctx, practiceNews, 'at-once'), 2);
    assert.equal(await tellNews(site.ctx, practiceNews, 'at-once'), 0, 'run again, nobody is told twice');
    const told = async (address: string) => (await mailsTo(address)).map((one) => one.subject).join('; ');
    assert.match(await told('theme@college.example'), /New example: Fewer assessments/);
    assert.doesNotMatch(await told('theme@college.example'), /Days in industry/);
    assert.match(await told('route@college.example'), /Days in industry/, 'one that names no route is about every one');
    assert.doesNotMatch(await told('route@college.example'), /Fewer assessments/);
  });

  it('keeps what was typed where it is wrong', async () => {
    const wrong = await site.post('/practice/subscribe', { scope: 'theme:nothing', address: 'me at home' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Choose what you want to be told of/);
    assert.match(wrong.text, /value="me at home"/);
  });
});
