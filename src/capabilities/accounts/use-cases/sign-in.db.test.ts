import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Context } from '#platform/context.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { addMember, addOrganisation } from '../store/organisations.ts';
import { addPerson, findPersonByAddress } from '../store/people.ts';
import { endMembership } from './organisations.ts';
import { beginSession, mySessions, openSession, signOut } from './sessions.ts';
import { beginSignIn, lookAtLink, proveAddress, signInByCode, signInByLink } from './sign-in-by-mail.ts';

const minute = 60_000;

describe('signing in by mail', () => {
  let store: TestStore;
  let ctx: Context;
  let now = testInstant;
  before(async () => {
    store = await openTestContext('example', () => now);
    ctx = store.ctx;
  });
  after(() => store.close());

  /** What the newest message to the address holds. */
  const received = async (address: string): Promise<{ readonly code: string; readonly link: string }> => {
    const mail = (await keptMail(ctx, 100)).find((one) => one.to === address);
    const code = mail?.body.find((block) => block.kind === 'code');
    const link = mail?.body.find((block) => block.kind === 'link');
    assert.ok(code && link);
    return { code: code.code, link: link.href.split('/').at(-1) ?? '' };
  };
  const mailsTo = async (address: string) => (await keptMail(ctx, 100)).filter((one) => one.to === address).length;
  const wrong = (code: string) => (code === '000000' ? '111111' : '000000');
  let people = 0;
  const someone = () => {
    people += 1;
    now = new Date(now.getTime() + minute);
    return `person${people}@college.example`;
  };

  it('makes an account of an address once its code was entered, and knows it the next time', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    assert.equal(await findPersonByAddress(ctx, address), undefined, 'nothing is made of an address alone');
    const { code } = await received(address);
    assert.match(code, /^\d{6}$/);
    const first = await signInByCode(ctx, kept, code, 'Mozilla/5.0 (X11; Linux) Firefox/130.0');
    assert.equal(first.kind, 'signed-in');
    if (first.kind !== 'signed-in') return;
    const session = await openSession(ctx, first.token);
    const person = await findPersonByAddress(ctx, address);
    assert.equal(session?.person.id, person?.id);
    assert.deepEqual(
      (await mySessions(ctx, person?.id ?? '')).map((one) => [one.browser, one.by]),
      [['Firefox on Linux', 'mail']],
    );
    now = new Date(now.getTime() + minute);
    await beginSignIn(ctx, address);
    const again = await signInByLink(ctx, (await received(address)).link, '');
    assert.equal(again.kind, 'signed-in');
    if (again.kind === 'signed-in')
      assert.equal((await openSession(ctx, again.token))?.person.id, person?.id, 'the same person');
  });

  it('lets a code or link act once, sent twice at the same moment too', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    const { code, link } = await received(address);
    const both = await Promise.all([signInByCode(ctx, kept, code, ''), signInByLink(ctx, link, '')]);
    assert.deepEqual(both.map((one) => one.kind).sort(), ['refused', 'signed-in']);
    assert.deepEqual(await signInByLink(ctx, link, ''), { kind: 'refused', refusal: { kind: 'used' } });
    assert.deepEqual(await lookAtLink(ctx, link), { kind: 'used' });
  });

  it('refuses after 15 minutes', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    const { code, link } = await received(address);
    now = new Date(now.getTime() + 15 * minute);
    assert.deepEqual(await signInByCode(ctx, kept, code, ''), { kind: 'refused', refusal: { kind: 'expired' } });
    assert.deepEqual(await signInByLink(ctx, link, ''), { kind: 'refused', refusal: { kind: 'expired' } });
  });

  it('refuses what was forged: another browser, a made-up link, a made-up cookie', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    const { code } = await received(address);
    const other = await beginSignIn(ctx, someone());
    const refusal = await signInByCode(ctx, other, code, '');
    assert.equal(refusal.kind, 'refused', 'a code works in the browser that asked for it alone');
    for (const made of ['', 'x', `${kept.split('.')[0]}.forged`, "' or 1=1 --.x"])
      assert.equal((await signInByCode(ctx, made, code, '')).kind, 'refused', made);
    assert.deepEqual(await signInByLink(ctx, 'made-up', ''), { kind: 'refused', refusal: { kind: 'unknown' } });
    assert.equal((await signInByCode(ctx, kept, code, '')).kind, 'signed-in', 'and none of it harmed the owner');
  });

  it('gives a code five guesses, and then not even the right one works', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    const { code } = await received(address);
    for (const left of [4, 3, 2, 1])
      assert.deepEqual(await signInByCode(ctx, kept, wrong(code), ''), {
        kind: 'refused',
        refusal: { kind: 'wrong-code', left },
      });
    const over = { kind: 'refused', refusal: { kind: 'too-many-guesses' } };
    assert.deepEqual(await signInByCode(ctx, kept, wrong(code), ''), over);
    assert.deepEqual(await signInByCode(ctx, kept, code, ''), over);
  });

  it('sends five codes an hour to one address, and answers alike when it sends none', async () => {
    const address = someone();
    const answers: string[] = [];
    for (let time = 0; time < 7; time += 1) answers.push(await beginSignIn(ctx, address));
    assert.equal(await mailsTo(address), 5);
    for (const answer of answers) assert.match(answer, /^[0-9a-f-]{36}\.[\w-]{43}$/);
    now = new Date(now.getTime() + 61 * minute);
    await beginSignIn(ctx, address);
    assert.equal(await mailsTo(address), 6);
  });

  it('gives a person without an address the one whose code they enter, unless somebody has it', async () => {
    const [free, taken] = [someone(), someone()];
    const person = await addPerson(ctx, { address: null, name: 'From elsewhere' });
    await addPerson(ctx, { address: taken, name: 'There first' });
    const first = await beginSignIn(ctx, taken);
    assert.deepEqual(await proveAddress(ctx, person, first, (await received(taken)).code), { kind: 'taken' });
    const kept = await beginSignIn(ctx, free);
    const { code } = await received(free);
    assert.equal((await proveAddress(ctx, person, kept, wrong(code))).kind, 'refused');
    assert.deepEqual(await proveAddress(ctx, person, kept, code), { kind: 'proved' });
    assert.equal((await findPersonByAddress(ctx, free))?.id, person);
  });

  it('ends a session after two idle hours, after a day, and when its owner says so', async () => {
    const address = someone();
    const kept = await beginSignIn(ctx, address);
    const answer = await signInByCode(ctx, kept, (await received(address)).code, '');
    assert.ok(answer.kind === 'signed-in');
    const began = now;
    now = new Date(began.getTime() + 119 * minute);
    assert.ok(await openSession(ctx, answer.token), 'used within two hours');
    now = new Date(now.getTime() + 119 * minute);
    const session = await openSession(ctx, answer.token);
    assert.ok(session, 'counted from the last use');
    const other = await ctx.transaction((inside) => beginSession(inside, session.person.id, 'mail', ''));
    assert.equal(await signOut(ctx, session.person, { except: session.session }), 1);
    assert.equal(await openSession(ctx, other), null);
    assert.ok(await openSession(ctx, answer.token));
    now = new Date(now.getTime() + 121 * minute);
    assert.equal(await openSession(ctx, answer.token), null, 'idle for too long');
    for (let hours = 0; hours < 24; hours += 1) now = new Date(now.getTime() + 60 * minute);
    assert.equal(await openSession(ctx, answer.token), null);
    assert.equal(await openSession(ctx, 'forged'), null);
  });

  it('a removed member’s session goes on, and acts for the organisation no longer', async () => {
    const [memberAddress, leadAddress] = [someone(), someone()];
    const signIn = async (address: string) => {
      const kept = await beginSignIn(ctx, address);
      const answer = await signInByCode(ctx, kept, (await received(address)).code, '');
      assert.ok(answer.kind === 'signed-in');
      return answer.token;
    };
    await signIn(memberAddress);
    await signIn(leadAddress);
    const person = (await findPersonByAddress(ctx, memberAddress))?.id ?? '';
    const lead = (await findPersonByAddress(ctx, leadAddress))?.id ?? '';
    const organisation = await ctx.transaction(async (inside) => {
      const id = await addOrganisation(inside, {
        kind: 'employer',
        name: 'Somewhere Ltd',
        ukprn: null,
        providerType: null,
        region: null,
        town: null,
        postcode: null,
        fictional: true,
        source: 'test',
      });
      await addMember(inside, id, person, 'member');
      await addMember(inside, id, lead, 'lead');
      return id;
    });
    const token = await ctx.transaction((inside) => beginSession(inside, person, 'mail', ''));
    assert.equal((await openSession(ctx, token))?.person.actingFor, organisation);
    assert.equal((await endMembership(ctx, organisation, person)).kind, 'ok');
    const after = await openSession(ctx, token);
    assert.deepEqual([after?.person.actingFor, after?.person.memberships], [null, []]);
  });
});
