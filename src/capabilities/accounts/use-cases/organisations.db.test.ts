import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor, InstanceRole, Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { findActs } from '#platform/audit/find-acts.ts';
import { sealActs } from '#platform/audit/seal-acts.ts';
import { verifyActs } from '#platform/audit/verify-acts.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { membersOf, searchOrganisations } from '../store/organisations.ts';
import { findPersonByAddress, rolesOf } from '../store/people.ts';
import { makeSignInLink, setRole } from './administer.ts';
import { checkedBy, checkingNow, setChecking } from './checking.ts';
import { examplePeople, seedExamplePeople, signInAsExample } from './example-people.ts';
import { seeOrganisation } from './find-organisations.ts';
import { acceptInvitation, invite, lookAtInvitation, withdrawInvitation } from './invitations.ts';
import { deleteAccount, everythingHeld } from './my-data.ts';
import { askToJoin, changeStanding, decideJoin, endMembership, makeOrganisation } from './organisations.ts';
import { applyRetention, periodsAt } from './retention.ts';
import { openSession } from './sessions.ts';

const day = 86_400_000;

describe('organisations, roles and people', () => {
  let store: TestStore;
  let ctx: Context;
  let now = testInstant;
  before(async () => {
    store = await openTestContext('example', () => now);
    ctx = store.ctx;
    await seedExamplePeople(ctx);
  });
  after(() => store.close());

  const person = async (name: string): Promise<Person> => {
    const address = examplePeople.find((one) => one.address.startsWith(name))?.address ?? '';
    const token = await signInAsExample(ctx, address, '');
    const session = token ? await openSession(ctx, token) : null;
    assert.ok(session, name);
    return session.person;
  };
  const as = (actor: Actor) => actingAs(ctx, actor, 'page');
  const northfield = async () => (await searchOrganisations(ctx, 'northfield', 2)).found[0]?.id ?? '';
  const tokenOf = (link: string) => link.split('/').at(-1) ?? '';
  const assertMail = async (subject: RegExp) => {
    const subjects = (await keptMail(ctx, 100)).map((one) => one.subject);
    assert.ok(
      subjects.some((one) => subject.test(one)),
      subjects.join('\n'),
    );
  };

  it('an invitation is accepted once; who has an account signs in first', async () => {
    const amina = await person('amina');
    const organisation = await northfield();
    const link = await invite(as(amina), 'newcomer@northfield.example', {
      kind: 'organisation',
      organisation,
      standing: 'member',
    });
    await assertMail(/invited to join Northfield College/);
    const seen = await lookAtInvitation(ctx, tokenOf(link));
    assert.deepEqual(seen, {
      kind: 'open',
      address: 'newcomer@northfield.example',
      words: 'join Northfield College',
      hasAccount: false,
    });
    const [one, two] = await Promise.all([
      acceptInvitation(ctx, tokenOf(link), null, ''),
      acceptInvitation(ctx, tokenOf(link), null, ''),
    ]);
    assert.deepEqual([one.kind, two.kind].sort(), ['accepted', 'accepted-before'], 'sent twice, it acts once');
    assert.ok((await membersOf(ctx, organisation)).some((member) => member.address === 'newcomer@northfield.example'));
    const second = await invite(as(amina), 'newcomer@northfield.example', {
      kind: 'organisation',
      organisation,
      standing: 'lead',
    });
    assert.deepEqual(await acceptInvitation(ctx, tokenOf(second), null, ''), { kind: 'sign-in-first' });
  });

  it('an invitation that is too old, withdrawn or made up is refused', async () => {
    const amina = await person('amina');
    const organisation = await northfield();
    const to = { kind: 'organisation', organisation, standing: 'member' } as const;
    const old = await invite(as(amina), 'late@northfield.example', to);
    const before = now;
    now = new Date(now.getTime() + 15 * day);
    assert.deepEqual(await acceptInvitation(ctx, tokenOf(old), null, ''), { kind: 'expired' });
    now = before;
    const seen = await seeOrganisation(as(amina), amina, organisation);
    const waiting = seen?.invitations.find((one) => one.address === 'late@northfield.example');
    assert.equal(await withdrawInvitation(as(amina), waiting?.id ?? '', organisation), true);
    assert.equal(await withdrawInvitation(as(amina), waiting?.id ?? '', organisation), false);
    assert.deepEqual(await acceptInvitation(ctx, tokenOf(old), null, ''), { kind: 'withdrawn' });
    assert.deepEqual(await acceptInvitation(ctx, 'made-up', null, ''), { kind: 'unknown' });
  });

  it('who asks to join is let in by a lead, and told; asked twice is asked once', async () => {
    const sam = await person('sam');
    const organisation = await northfield();
    assert.equal((await askToJoin(as(sam), sam, organisation, 'I teach networks.')).kind, 'ok');
    await assertMail(/Sam Ellery asks to join Northfield College/);
    assert.deepEqual(await askToJoin(as(sam), sam, organisation, ''), { kind: 'refused', refusal: 'asked-already' });
    const amina = await person('amina');
    const request = (await seeOrganisation(as(amina), amina, organisation))?.requests[0];
    assert.equal(request?.words, 'I teach networks.');
    const tom = await person('tom');
    assert.throws(() => decideJoin(as(tom), organisation, request?.id ?? '', true), NotAllowed);
    assert.equal(await decideJoin(as(amina), organisation, request?.id ?? '', true), true);
    assert.equal(await decideJoin(as(amina), organisation, request?.id ?? '', false), false, 'decided already');
    await assertMail(/You now belong to Northfield College/);
    assert.equal((await person('sam')).actingFor, organisation);
    assert.equal((await endMembership(as(await person('sam')), organisation, sam.id)).kind, 'ok');
  });

  it('an organisation with members keeps a lead, however many go at once', async () => {
    const organisation = await northfield();
    const [amina, tom] = [await person('amina'), await person('tom')];
    assert.deepEqual(await changeStanding(as(amina), organisation, amina.id, 'member'), {
      kind: 'refused',
      refusal: 'last-lead',
    });
    assert.equal((await changeStanding(as(amina), organisation, tom.id, 'lead')).kind, 'ok');
    const tomAsLead = as(await person('tom'));
    const both = await Promise.all([
      changeStanding(as(amina), organisation, tom.id, 'member'),
      changeStanding(tomAsLead, organisation, amina.id, 'member'),
    ]);
    assert.deepEqual(both.map((one) => one.kind).sort(), ['ok', 'refused']);
    const leads = (await membersOf(ctx, organisation)).filter((one) => one.standing === 'lead');
    assert.equal(leads.length, 1);
    // As it was, for the tests that follow.
    await changeStanding(ctx, organisation, amina.id, 'lead');
    await changeStanding(ctx, organisation, tom.id, 'member');
  });

  it('roles are given by administrators, and the last administrator keeps theirs', async () => {
    const [nadia, edward] = [await person('nadia'), await person('edward')];
    assert.throws(() => setRole(as(edward), edward.id, 'administrator', true), NotAllowed);
    assert.deepEqual(await setRole(as(nadia), nadia.id, 'administrator', false), {
      kind: 'refused',
      refusal: 'last-administrator',
    });
    const role: InstanceRole = 'moderator';
    assert.equal((await setRole(as(nadia), edward.id, role, true)).kind, 'ok');
    assert.ok((await rolesOf(ctx, edward.id)).includes(role));
    assert.equal((await setRole(as(nadia), edward.id, role, false)).kind, 'ok');
    assert.deepEqual(await setRole(as(nadia), 'nobody', role, true), { kind: 'refused', refusal: 'unknown' });
    assert.throws(() => makeSignInLink(as(edward), 'nadia@department.example'), NotAllowed);
  });

  it('an organisation is added with everything that is wrong told together', async () => {
    const nadia = as(await person('nadia'));
    assert.deepEqual(await makeOrganisation(nadia, { kind: 'provider', name: ' ', ukprn: '123' }), {
      kind: 'refused',
      refusal: ['name-missing', 'ukprn-wrong'],
    });
    assert.deepEqual(await makeOrganisation(nadia, { kind: 'provider', name: 'Again', ukprn: '1999 9901' }), {
      kind: 'refused',
      refusal: ['ukprn-taken'],
    });
    assert.equal((await makeOrganisation(nadia, { kind: 'employer', name: 'Works Ltd', ukprn: '' })).kind, 'ok');
  });

  it('one person’s check of their own work is named, or refused, as the instance decided', async () => {
    const nadia = await person('nadia');
    const edward = await person('edward');
    assert.equal(await checkingNow(ctx), 'where-possible');
    assert.deepEqual(await checkedBy(ctx, edward.id, nadia.id, 'editor'), { kind: 'second-person' });
    assert.deepEqual(await checkedBy(ctx, edward.id, edward.id, 'editor'), { kind: 'same-person' });
    await setRole(as(nadia), nadia.id, 'editor', true);
    assert.deepEqual(await checkedBy(ctx, edward.id, edward.id, 'editor'), {
      kind: 'refused',
      reason: 'others-can',
    });
    await setRole(as(nadia), nadia.id, 'editor', false);
    await assert.rejects(setChecking(as(edward), 'required'), NotAllowed);
    await setChecking(as(nadia), 'required');
    assert.deepEqual(await checkedBy(ctx, edward.id, edward.id, 'editor'), {
      kind: 'refused',
      reason: 'needs-second-person',
    });
  });

  it('a person sees what is held about them, and deletes it; the trail goes on without the name', async () => {
    const ruth = await person('ruth');
    const organisation = await northfield();
    await invite(as(await person('amina')), 'ruth.lead@southgate.example', {
      kind: 'organisation',
      organisation,
      standing: 'member',
    });
    const held = JSON.stringify(await everythingHeld(ctx, ruth.id));
    for (const part of ['Ruth Kavanagh', 'ruth.lead@southgate.example', 'accounts.sign-in', 'You are invited to'])
      assert.ok(held.includes(part), part);
    await ctx.transaction((inside) => sealActs(inside));
    assert.equal((await deleteAccount(as(ruth), ruth)).kind, 'ok');
    assert.equal(await findPersonByAddress(ctx, 'ruth.lead@southgate.example'), undefined);
    const after = JSON.stringify(await everythingHeld(ctx, ruth.id));
    assert.ok(!after.includes('Ruth') && !after.includes('southgate.example'), after);
    const acts = await findActs(ctx, { name: null, about: ruth.id, organisation: null, from: null, until: null }, 100);
    assert.ok(acts.some((act) => act.name === 'accounts.sign-in'));
    assert.deepEqual((await verifyActs(ctx)).faults, []);
    const nadia = await person('nadia');
    assert.deepEqual(await deleteAccount(as(nadia), nadia), { kind: 'refused', refusal: 'last-administrator' });
  });

  it('what was kept for long enough goes, and it is told what went', async () => {
    const before = now;
    const periods = new Map(periodsAt(now).map((one) => [one.what, one.days]));
    assert.ok((periods.get('mail') ?? 0) > (periods.get('mail-texts') ?? 0));
    now = new Date(now.getTime() + 2000 * day);
    const gone = await ctx.transaction((inside) => applyRetention(inside));
    assert.ok((gone.sessions ?? 0) > 0 && (gone.mail ?? 0) > 0 && (gone.invitations ?? 0) > 0, JSON.stringify(gone));
    assert.ok((gone['act-values'] ?? 0) > 0, JSON.stringify(gone));
    assert.ok((gone['idle-people'] ?? 0) >= 1, `Sam belongs to nobody and has not come back: ${JSON.stringify(gone)}`);
    assert.equal(await findPersonByAddress(ctx, 'sam.visitor@home.example'), undefined);
    assert.ok(await findPersonByAddress(ctx, 'tom.member@northfield.example'), 'members stay');
    assert.deepEqual((await verifyActs(ctx)).faults, []);
    const again = await ctx.transaction((inside) => applyRetention(inside));
    assert.deepEqual(
      Object.values(again).filter((count) => count > 0),
      [],
    );
    now = before;
  });
});
