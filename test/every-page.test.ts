import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { searchOrganisations } from '../src/capabilities/accounts/store/organisations.ts';
import { keptMail } from '../src/platform/mail/outbox.ts';
import { decideOn, inQueue, tellExample, tellStep } from './support/practice.ts';
import { type Answered, nobody, openSite, type Site } from './support/site.ts';

const examples = resolve(import.meta.dirname, '../examples/qualifications');

/** What of the markup is not ours to choose: govuk-frontend's own templates. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // The Design System marks up breadcrumbs, lists and landmarks with roles that newer HTML implies.
    'no-redundant-role': 'off',
    // Links that look like buttons, and frames that scroll, are its patterns too.
    'prefer-native-element': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    'no-inline-style': 'error',
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
  },
});

describe('every page of an example site', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const assertValid = async (address: string, html: string): Promise<void> => {
    const report = await validator.validateString(html);
    const told = report.results.flatMap((result) =>
      result.messages.map(
        (message) => `${address} ${message.line}:${message.column} ${message.ruleId}: ${message.message}`,
      ),
    );
    assert.deepEqual(told, [], told.join('\n'));
  };

  const assertGood = async (address: string, answer: Answered): Promise<void> => {
    assert.ok(answer.status < 500, answer.text.slice(0, 500));
    assert.equal(answer.text.match(/<h1[\s>]/g)?.length, 1);
    assert.doesNotMatch(answer.text, /undefined|\[object Object\]/);
    await assertValid(address, answer.text);
  };

  const pages = [
    '/',
    '/cookies',
    '/search',
    '/search?q=network',
    '/search?q=netwrok&kind=standard',
    '/search?q=zzzzzzzz',
    '/accessibility',
    '/standards',
    '/standards?q=network&level=4',
    '/standards?q=nothing-like-this',
    '/standards/ST9001',
    '/standards/ST9001/1.0',
    '/standards/ST9002',
    '/standards/ST0000',
    '/check',
    '/register',
    '/register?words=network&level=4&on=2025-01-01&known=2025-01-01&town=Northfield',
    '/register?words=nothing-like-this',
    '/register/999-0001-1',
    '/register/999-0003-3',
    '/register/999-0003-3?on=2026-01-15&known=yesterday',
    '/register/999-0001-1/history',
    '/register/compare',
    '/register/compare?id=999-0001-1&id=999-0005-5',
    '/register/no-such',
    '/register/kind',
    '/providers/19999901',
    '/providers/19999903',
    '/providers/no-such',
    '/occupations/ST9001',
    '/occupations/no-such',
    '/cycles',
    '/cycles/3',
    '/cycles/5.1',
    '/cycles/follow?cycle=3',
    '/check/rules',
    '/check/workbook',
    '/check/workbook?standard=ST9001+ST9002',
    '/check/workbook?standard=nonsense',
    '/check/examples/network-technician',
    '/check/examples/network-technician-draft',
    '/check/examples/building-services',
    '/plans',
    '/plans/funding-rules',
    '/plans/new?qualification=HNC&firstTeach=2030-09-20&route=Digital',
    '/plans/new?qualification=&firstTeach=x',
    '/mark',
    '/mark/guidance',
    '/mark/verify',
    '/mark/check',
    '/mark/offers/999-0001-1-northfield',
    '/mark/offers/999-0002-2-northfield',
    '/mark/offers/999-0003-3-northfield',
    '/mark/offers/999-0002-2-southgate',
    '/mark/offers/none',
    '/have-your-say',
    '/have-your-say/ask',
    '/have-your-say/ask?kind=wanted',
    '/have-your-say/ask/sent?kind=wanted',
    '/have-your-say/wanted',
    '/have-your-say/answers',
    '/have-your-say/teaching-digital',
    '/have-your-say/equipment-for-construction',
    '/have-your-say/equipment-for-construction/results',
    '/have-your-say/no-such-round',
    '/practice',
    '/statements',
    '/employers',
    '/employers/local-need',
    '/employers/local-need?route=digital',
    '/employers/local-need?route=digital&region=London',
    '/employers/local-need?route=construction-and-the-built-environment',
    '/employers/local-need?route=care-services',
    '/employers/local-need?route=no-such',
    '/events',
    '/events?route=Digital',
    '/events?route=Care+services',
    '/events/7f1d7a52-0f0e-4c43-9a77-000000202109',
    '/events/7f1d7a52-0f0e-4c43-9a77-000020211103',
    '/events/7f1d7a52-0f0e-4c43-9a77-000020211201/book',
    '/bookings/made-up',
    '/bookings/example-booking',
    '/bookings/example-waiting',
    '/events/00000000-0000-4000-8000-00000000e001',
    '/events/00000000-0000-4000-8000-00000000e001/book',
    '/events/00000000-0000-4000-8000-00000000e001/book?done=held',
    '/events/00000000-0000-4000-8000-00000000e001/promote?from=a-college',
    '/events/00000000-0000-4000-8000-00000000e002/book',
    '/practice?cost=free&theme=capital-digital',
    '/practice/themes/capital-digital',
    '/practice/share',
    '/practice/collections',
    '/practice/collections/rooms-that-cost-less',
    '/practice/collections/no-such',
    '/practice/subscribe',
    '/practice/subscribe?theme=curriculum',
    '/practice/share/made-up',
    '/practice/confirm/made-up',
    '/privacy',
    '/guidance',
    '/guidance/whole',
    '/guidance/updates',
    '/guidance/what-htqs-are',
    '/guidance/funding',
    '/guidance/growth-fund-recipients',
    '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example',
    '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example?q=digital&sort=Sum&down=yes',
    '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example?q=nothing-like-this',
    '/guidance/growth-fund-recipients/tables/growth-fund-recipients-fictional-example/changes/1..1',
    '/guidance/funding/another-format',
    '/guidance/approval/history',
    '/guidance/approval/versions/1',
    '/guidance/approval/changes/1..1',
    '/guidance/no-such-page',
    '/guidance/facilities',
    '/guidance/facts',
    '/guidance/facts/approver',
    '/guidance/subscribe',
    '/guidance/subscribe?page=funding',
    '/subscriptions/made-up',
    '/sign-in',
    '/sign-in/code',
    '/employers/sign/example-letter',
    '/employers/sign/example-signed-letter',
    '/employers/sign/made-up',
    '/sign-in/link/made-up',
    '/invitations/made-up',
    '/example-people/example-token',
    '/nowhere',
  ];
  for (const address of pages)
    it(`${address} is valid HTML with one heading of the first level`, async () => {
      await assertGood(address, await site.get(address));
    });

  const signedInPages: readonly (readonly [who: string, address: string])[] = [
    ['sam.visitor@home.example', '/account'],
    ['amina.lead@northfield.example', '/account'],
    ['sam.visitor@home.example', '/account/delete'],
    ...[
      '',
      '/about',
      '/tasks',
      '/tasks?state=all&whose=nobody',
      '/new-task',
      '/offer',
      '/learners',
      '/report',
      '/roll-over',
      '/change?firstTeach=2030-09-20',
      '/change?firstTeach=x',
    ].map((part) => ['amina.lead@northfield.example', `/plans/00000000-0000-4000-8000-00000000a001${part}`] as const),
    ['amina.lead@northfield.example', '/plans/put-away'],
    ['amina.lead@northfield.example', '/plans'],
    ...[
      '',
      '?words=nothing-like-this',
      '/new',
      '/next-steps',
      '/next-steps?whose=all',
      '/import',
      ...['', '/edit', '/share', '/contacts/new', '/meetings/new', '/next-steps/new', '/asks/new'].map(
        (part) => `/00000000-0000-4000-8000-0000000e0001${part}`,
      ),
    ].map((part) => ['amina.lead@northfield.example', `/employers${part}`] as const),
    ['sam.visitor@home.example', '/employers'],
    ['ruth.lead@southgate.example', '/employers/00000000-0000-4000-8000-0000000e0005'],
    ['piotr.lead@example-awards.example', '/employers/00000000-0000-4000-8000-0000000e0001'],
    ['sam.visitor@home.example', '/plans'],
    ...[
      '/evidence',
      '/evidence/ST9001',
      '/evidence/ST9003',
      '/evidence-measure',
      '/attendances',
      '/letters',
      '/letters/new',
    ].map((part) => ['amina.lead@northfield.example', `/employers${part}`] as const),
    ['piotr.lead@example-awards.example', '/employers/evidence'],
    ['piotr.lead@example-awards.example', '/employers/attendances'],
    ['nadia.administrator@department.example', '/employers/evidence-measure'],
    ['maya.moderator@department.example', '/practice/queue'],
    ...[
      'collections',
      'new-collection',
      'collections/rooms-that-cost-less/edit',
      'usefulness',
      'usefulness?theme=curriculum',
    ].map((part) => ['edward.editor@department.example', `/practice/${part}`] as const),
    ['amina.lead@northfield.example', '/statements/new'],
    ['maya.moderator@department.example', '/have-your-say/inbox'],
    ['amina.lead@northfield.example', '/mark'],
    ['sam.visitor@home.example', '/mark'],
    ['amina.lead@northfield.example', '/mark/offers/999-0001-1-northfield'],
    ['ruth.lead@southgate.example', '/mark/offers/999-0002-2-southgate'],
    ['nadia.administrator@department.example', '/mark/artwork'],
    ...[
      '',
      '/answers',
      '/code?question=works',
      '/code?question=lack&as=second',
      '/code-book',
      '/agreement',
      '/decisions',
    ].map(
      (part) => ['maya.moderator@department.example', `/have-your-say/equipment-for-construction/read${part}`] as const,
    ),
    ...[
      '',
      '/section',
      '/section?what=people',
      '/question?section=kit',
      '/question?section=people&what=works',
      '/question?section=kit&what=ways',
      '/preview',
    ].map(
      (part) => ['edward.editor@department.example', `/have-your-say/equipment-for-construction/edit${part}`] as const,
    ),
    ['edward.editor@department.example', '/have-your-say/teaching-digital/edit/close'],
    ['edward.editor@department.example', '/have-your-say/desk'],
    ['edward.editor@department.example', '/have-your-say/equipment-for-construction/results'],
    ['edward.editor@department.example', '/have-your-say/teaching-digital/results'],
    ['edward.editor@department.example', '/have-your-say/teaching-digital/read'],
    ['sam.visitor@home.example', '/account/address'],
    ['sam.visitor@home.example', '/organisations'],
    ['sam.visitor@home.example', '/organisations?q=nothing-like-this'],
    ['sam.visitor@home.example', '/organisations/:northfield'],
    ['amina.lead@northfield.example', '/organisations/:northfield'],
    ['sam.visitor@home.example', '/admin'],
    ...[
      '/register',
      '/register/999-0001-1',
      '/register/new',
      ...['details', 'approval', 'offer', 'change', 'withdrawal'].map((what) => `/register/999-0001-1/edit/${what}`),
      '/register/999-0001-1/edit/offer?offer=999-0001-1-southgate',
      '/register/999-0001-1/edit/confirm?offer=999-0001-1-southgate',
      '/register/999-0003-3/edit/review?withdrawal=2026-06-30',
      '/providers/19999901/close',
      '/providers/19999901/edit',
      '/register/proposals',
      '/register/cases',
      '/register/matching',
      '/cycles/5.2/carry-over',
      '/cycles/2/edit',
    ].map((address) => ['edward.editor@department.example', address] as const),
    ['nadia.administrator@department.example', '/register/kind'],
    ['nadia.administrator@department.example', '/register/import'],
    ['edward.editor@department.example', '/guidance/approval'],
    ['edward.editor@department.example', '/guidance/approval/edit'],
    ['edward.editor@department.example', '/guidance/approval/edit/files'],
    ['edward.editor@department.example', '/guidance/growth-fund-recipients/edit/files'],
    ['edward.editor@department.example', '/guidance/format-requests'],
    ['edward.editor@department.example', '/guidance/facts/approver'],
    ['edward.editor@department.example', '/guidance/new-fact'],
    ['edward.editor@department.example', '/guidance/desk'],
    ...['', '/edit', '/people', '/promote'].map(
      (part) => ['edward.editor@department.example', `/events/00000000-0000-4000-8000-00000000e001${part}`] as const,
    ),
    ['edward.editor@department.example', '/events'],
    ['edward.editor@department.example', '/events/new'],
    ['edward.editor@department.example', '/events/00000000-0000-4000-8000-00000000e001/cancel'],
    ['edward.editor@department.example', '/events/00000000-0000-4000-8000-00000000e003'],
    ['amina.lead@northfield.example', '/events/00000000-0000-4000-8000-00000000e001/promote'],
    ['edward.editor@department.example', '/guidance/new-page'],
    ['edward.editor@department.example', '/guidance/facilities/edit/about'],
    ...['', '/people', '/organisations', '/jobs', '/mail', '/audit', '/settings'].map(
      (page) => ['nadia.administrator@department.example', `/admin${page}`] as const,
    ),
  ];
  for (const [who, address] of signedInPages)
    it(`${address}, for ${who}, is valid HTML with one heading of the first level`, async () => {
      const northfield = (await searchOrganisations(site.ctx, 'northfield', 1)).found[0]?.id ?? '';
      const answer = await site.get(address.replace(':northfield', northfield), await site.as(who));
      await assertGood(address, answer);
    });

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

  it('a wrong file is shown back as valid HTML, whatever is in it', async () => {
    const wrong = readFileSync(join(examples, 'network-technician-draft.json'), 'utf8').replace(
      '"credits": 15',
      '"credits": "<script>alert(1)</script>"',
    );
    const boundary = 'xxBOUNDARYxx';
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="text"\r\n\r\n${wrong}\r\n--${boundary}--\r\n`;
    const answer = await site.server.inject({
      method: 'POST',
      url: '/check',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload,
    });
    assert.equal(answer.statusCode, 422);
    assert.doesNotMatch(answer.body, /<script>alert/);
    await assertValid('POST /check', answer.body);
  });
});
