import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '../src/platform/mail/outbox.ts';
import { assertGood } from './support/good-html.ts';
import { decideOn, inQueue, tellExample, tellStep } from './support/practice.ts';
import { nobody, openSite, type Site } from './support/site.ts';

describe('every page of what people share and say', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  it('every page of answering a round is valid HTML with one heading of the first level, faulty or not', async () => {
    const first = (await site.post('/have-your-say/teaching-digital/answer', {})).to;
    const address = first.replace(/\/[^/]+$/, '');
    for (const path of [first, `${address}/about-you`, address]) await assertGood(path, await site.get(path));
    await assertGood('about-you, faulty', await site.post(`${address}/about-you`, { address: 'nobody' }));
    await site.post(`${address}/send`, {});
    await assertGood('sent', await site.get(address));
    await assertGood('confirm', await site.get('/have-your-say/teaching-digital/confirm/made-up'));
    const edward = await site.as('edward.editor@department.example');
    const list = await site.get('/have-your-say/equipment-for-construction/read/answers', edward);
    const one = /href="([^"]+\/read\/answers\/[\da-f-]{36})"/.exec(list.text)?.[1] ?? '';
    await assertGood(one, await site.get(one, edward));
    await assertGood('moderated, faulty', await site.post(one, { question: 'works', how: '' }, edward));
    const results = await site.get('/have-your-say/equipment-for-construction/results');
    const said = /href="([^"]+\/results\/answers\/[\da-f-]{36})"/.exec(results.text)?.[1] ?? '';
    await assertGood(said, await site.get(said));
  });

  it('every page of telling an example, deciding on it and reading it is valid HTML with one heading of the first level', async () => {
    const amina = await site.as('amina.lead@northfield.example');
    const maya = await site.as('maya.moderator@department.example');
    const edward = await site.as('edward.editor@department.example');
    const at = await inQueue(site, 'One timetable for two sites', maya);
    await assertGood(at, await site.get(at, maya));
    await assertGood('decided, faulty', await decideOn(site, at, { decision: 'redact' }, maya));
    const path = await tellExample(site, edward, 'Of every page');
    for (const step of ['/what', '/how', '/cost', '/files', '/you', ''])
      await assertGood(`${path}${step}`, await site.get(`${path}${step}`, edward));
    await assertGood('files, faulty', await tellStep(site, path, 'files', { links: 'x', fileTitle: 'A' }, edward));
    await site.post(`${path}/send`, {}, edward);
    const unknown = await tellExample(site, nobody, 'Of nobody known');
    await site.post(`${unknown}/send`, { address: 'unknown@college.example' });
    await assertGood('to be confirmed', await site.get(unknown));
    const mail = (await keptMail(site.ctx, 50)).find((one) => one.to === 'unknown@college.example');
    const link = mail?.body.find((block) => block.kind === 'link');
    await assertGood('confirm an example', await site.get(link?.kind === 'link' ? new URL(link.href).pathname : ''));
    const mine = await inQueue(site, 'Of every page', maya);
    await decideOn(site, mine, { decision: 'redact', note: 'Shorter.', summary: 'We met.' }, maya);
    await assertGood('shown', await site.get(path, edward));
    const network = /href="([^"]+)">A network that/.exec((await site.get('/practice')).text)?.[1] ?? '';
    await assertGood(network, await site.get(network, amina));
    await assertGood('tried, faulty', await site.post(network, {}, amina));
    const said = /href="(\/practice\/said\/[^"]+)"/.exec((await site.get(network, maya)).text)?.[1] ?? '';
    await assertGood(said, await site.get(said, maya));
    await assertGood('taken out, faulty', await site.post(said, {}, maya));
  });

  it('every page of asking other providers and answering them is valid HTML with one heading of the first level', async () => {
    const amina = await site.as('amina.lead@northfield.example');
    const edward = await site.as('edward.editor@department.example');
    const id = randomUUID();
    await site.post('/have-your-say/ask', { id, kind: 'wanted', topic: 'delivery', text: 'Who teaches at night?' });
    await site.post(`/have-your-say/inbox/${id}`, { how: 'wanted', question: 'Who teaches at night?' }, edward);
    const wanted = `/have-your-say/wanted/${id}`;
    const organisation = /name="organisation" value="([^"]+)"/.exec((await site.get(wanted, amina)).text)?.[1] ?? '';
    await site.post(wanted, { id: randomUUID(), organisation, text: 'We do.' }, amina);
    await assertGood(wanted, await site.get(wanted, amina));
    await assertGood('answered, faulty', await site.post(wanted, { organisation }, amina));
    const inbox = await site.get('/have-your-say/inbox', edward);
    await assertGood('inbox', inbox);
    const reply = /href="(\/have-your-say\/inbox\/replies\/[^"]+)"/.exec(inbox.text)?.[1] ?? '';
    await assertGood(reply, await site.get(reply, edward));
    await assertGood('reply, faulty', await site.post(reply, {}, edward));
  });
});
