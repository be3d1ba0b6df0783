import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Context, makeContext } from '#platform/context.ts';
import type { IssuerSettings } from '#platform/issuer.ts';
import { type Issuer, openIssuer, walkThrough } from '../../../../test/support/issuer.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { findOrganisationByUkprn } from '../store/organisations.ts';
import { addPerson, findPersonByAddress } from '../store/people.ts';
import { openSession } from './sessions.ts';
import { departToIssuer, type Returned, returnFromIssuer } from './sign-in-by-issuer.ts';

describe('signing in by an issuer', () => {
  let store: TestStore;
  let ctx: Context;
  let dfe: Issuer;
  let college: Issuer;
  // The issuer's tokens carry the real time.
  let shift = 0;
  const clock = () => new Date(testInstant.getTime() + shift);
  const back = (id: string) => `http://localhost/sign-in/with/${id}/return`;
  before(async () => {
    store = await openTestContext('own', clock);
    dfe = await openIssuer('dfe', back('dfe'), { trustedForAddress: true, assertsUkprn: true });
    college = await openIssuer('college', back('college'), { trustedForAddress: false, assertsUkprn: false });
    ctx = makeContext({ ...store.ctx, issuers: [dfe.settings, college.settings] });
  });
  beforeEach(() => {
    shift += 60_000;
  });
  after(async () => {
    await store.close();
    await dfe.close();
    await college.close();
  });

  const goThere = async (issuer: Issuer) => {
    const departure = await departToIssuer(ctx, issuer.settings, '/account');
    assert.ok(departure.kind === 'go');
    const returned = await walkThrough(departure.address, back(issuer.settings.id));
    return { kept: departure.kept, query: new URL(returned).searchParams };
  };
  const comeBack = (issuer: IssuerSettings, query: URLSearchParams, kept: string): Promise<Returned> =>
    returnFromIssuer(ctx, issuer, query, kept, 'test');
  const signIn = async (issuer: Issuer) => {
    const { kept, query } = await goThere(issuer);
    const answer = await comeBack(issuer.settings, query, kept);
    assert.equal(answer.kind, 'signed-in', JSON.stringify(answer));
    const session = answer.kind === 'signed-in' ? await openSession(ctx, answer.token) : null;
    assert.ok(session);
    return session.person;
  };

  it('makes a person of issuer and subject, and knows them again whatever their address', async () => {
    dfe.signsIn = { subject: 's1', claims: { email: 'One@College.example', email_verified: true, name: 'Person One' } };
    const first = await signIn(dfe);
    assert.equal(first.name, 'Person One');
    assert.equal((await findPersonByAddress(ctx, 'one@college.example'))?.id, first.id);
    dfe.signsIn = { subject: 's1', claims: { email: 'other@college.example', email_verified: true } };
    assert.equal((await signIn(dfe)).id, first.id);
    college.signsIn = { subject: 's1', claims: { name: 'Another' } };
    assert.notEqual((await signIn(college)).id, first.id, 'the same subject of another issuer is someone else');
  });

  it('joins a known address where the issuer verified it and is trusted for it, and nowhere else', async () => {
    const known = await addPerson(ctx, { address: 'known@college.example', name: 'Known' });
    const claims = { email: 'known@college.example', email_verified: true };
    college.signsIn = { subject: 'impostor', claims };
    assert.notEqual((await signIn(college)).id, known, 'not trusted for addresses');
    dfe.signsIn = { subject: 'unverified', claims: { ...claims, email_verified: false } };
    assert.notEqual((await signIn(dfe)).id, known, 'not verified');
    dfe.signsIn = { subject: 'themselves', claims };
    assert.equal((await signIn(dfe)).id, known);
  });

  it('signs in who has no email address at the issuer', async () => {
    dfe.signsIn = { subject: 'no-mail', claims: { given_name: 'Nell', family_name: 'Stone' } };
    const person = await signIn(dfe);
    assert.equal(person.name, 'Nell Stone');
    assert.equal((await signIn(dfe)).id, person.id);
  });

  it('takes the provider of DfE’s organisation claim, as long as it is said, from who may say so', async () => {
    const organisation = {
      id: 'x',
      name: 'Claimed College',
      ukprn: 10000055,
      category: { id: '001', name: 'Establishment' },
    };
    dfe.signsIn = { subject: 'teacher', claims: { organisation } };
    const teacher = await signIn(dfe);
    const found = await findOrganisationByUkprn(ctx, '10000055');
    assert.deepEqual([found?.kind, found?.name, found?.source], ['provider', 'Claimed College', 'The issuer dfe']);
    assert.deepEqual(
      teacher.memberships.map((one) => [one.organisation, one.standing]),
      [[found?.id, 'member']],
    );
    assert.equal(teacher.actingFor, found?.id);
    dfe.signsIn = {
      subject: 'teacher',
      claims: { organisation: JSON.stringify({ ...organisation, ukprn: '10000020', name: 'Next' }) },
    };
    assert.deepEqual(
      (await signIn(dfe)).memberships.map((one) => one.name),
      ['Next'],
      'moved on, and told as text',
    );
    dfe.signsIn = { subject: 'teacher', claims: { organisation: { name: 'No number' } } };
    assert.deepEqual((await signIn(dfe)).memberships, []);
    college.signsIn = { subject: 'boaster', claims: { organisation } };
    assert.deepEqual((await signIn(college)).memberships, [], 'only issuers so marked may say');
  });

  it('refuses an answer that was replayed, forged, or belongs to another browser', async () => {
    dfe.signsIn = { subject: 's1', claims: {} };
    const { kept, query } = await goThere(dfe);
    const other = await goThere(dfe);
    const refused = (refusal: string) => ({ kind: 'refused', refusal });
    assert.deepEqual(await comeBack(dfe.settings, query, other.kept), refused('unknown'));
    assert.deepEqual(await comeBack(dfe.settings, query, ''), refused('unknown'));
    assert.deepEqual(await comeBack(dfe.settings, query, 'forged'), refused('unknown'));
    const forged = new URLSearchParams(query);
    forged.set('code', 'made-up');
    assert.deepEqual(await comeBack(dfe.settings, forged, kept), refused('not-believed'));
    const fresh = await goThere(dfe);
    assert.equal((await comeBack(dfe.settings, fresh.query, fresh.kept)).kind, 'signed-in');
    assert.deepEqual(await comeBack(dfe.settings, fresh.query, fresh.kept), refused('not-believed'), 'used already');
    const mixed = await goThere(dfe);
    const elsewhere = new URLSearchParams(mixed.query);
    elsewhere.set('iss', college.settings.issuer);
    assert.deepEqual(
      await comeBack(dfe.settings, elsewhere, mixed.kept),
      refused('not-believed'),
      'mixed up (RFC 9207)',
    );
  });

  it('says so when it was declined there', async () => {
    dfe.signsIn = null;
    const { kept, query } = await goThere(dfe);
    assert.deepEqual(await comeBack(dfe.settings, query, kept), { kind: 'refused', refusal: 'declined' });
  });

  it('does not believe an issuer with other keys than it publishes', async () => {
    const turned = await openIssuer('turned', back('turned'), { trustedForAddress: true, assertsUkprn: false });
    turned.signsIn = { subject: 's1', claims: {} };
    assert.ok(await signIn(turned));
    turned.changeKeys();
    const { kept, query } = await goThere(turned);
    assert.deepEqual(await comeBack(turned.settings, query, kept), { kind: 'refused', refusal: 'not-believed' });
    await turned.close();
  });

  it('says so when the issuer is down, before and after', async () => {
    const down = await openIssuer('down', back('down'), { trustedForAddress: true, assertsUkprn: false });
    down.signsIn = { subject: 's1', claims: {} };
    const { kept, query } = await goThere(down);
    await down.close();
    assert.deepEqual(await comeBack(down.settings, query, kept), { kind: 'refused', refusal: 'unavailable' });
    const never = { ...down.settings, issuer: 'http://127.0.0.1:9' };
    assert.deepEqual(await departToIssuer(ctx, never, '/account'), { kind: 'unavailable' });
  });
});
