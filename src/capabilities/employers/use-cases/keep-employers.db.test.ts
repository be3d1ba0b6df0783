import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Person } from '#kernel/actor.ts';
import { findActs } from '#platform/audit/find-acts.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { colleaguesOf, exampleProvider, providerByUkprn } from '../../accounts/use-cases/colleagues.ts';
import { seedExamplePeople } from '../../accounts/use-cases/example-people.ts';
import { addressOf } from '../../accounts/use-cases/my-data.ts';
import type { EmployerText } from '../domain/employer.ts';
import { listContacts } from '../store/contacts.ts';
import { findEmployer, listEmployers } from '../store/employers.ts';
import { listMeetings } from '../store/meetings.ts';
import { listNextSteps } from '../store/next-steps.ts';
import { importEmployers } from './import-employers.ts';
import { changeEmployer, dropEmployer, keepEmployer, openEmployer } from './keep-employers.ts';
import { contactKind, keepPart, meetingKind, nextStepKind } from './keep-parts.ts';
import { employersData, forgetPeople } from './personal-data.ts';
import { remindOwners } from './remind-owners.ts';
import { agreeToSharing, offerSharing, stopSharing } from './share-employers.ts';

const text = (name: string, more: Partial<EmployerText> = {}): EmployerText => ({
  name,
  companyNumber: null,
  size: null,
  sector: null,
  region: null,
  town: '',
  routes: [],
  occupations: [],
  offers: [],
  notes: '',
  ...more,
});

const day = (days: number): string => new Date(testInstant.getTime() + days * 86_400_000).toISOString().slice(0, 10);

describe('keeping employers', () => {
  let store: TestStore;
  let ctx: Context;
  let now = testInstant;
  let northfield = '';
  let southgate = '';
  before(async () => {
    store = await openTestContext('example', () => now);
    ctx = store.ctx;
    await seedExamplePeople(ctx);
    northfield = (await exampleProvider(ctx)) ?? '';
    southgate = (await providerByUkprn(ctx, '19999902'))?.id ?? '';
  });
  after(() => store.close());

  let made = 0;
  const keep = async (more: Partial<EmployerText> = {}): Promise<string> => {
    const id = randomUUID();
    made += 1;
    const done = await keepEmployer(ctx, id, northfield, text(`Employer number ${made} of this test`, more), true);
    assert.equal(done.kind, 'ok');
    return id;
  };
  const memberOf = (organisation: string, id: string = randomUUID()): Context => {
    const person: Person = {
      kind: 'person',
      id,
      name: 'Somebody',
      roles: [],
      memberships: [{ organisation, name: 'x', kind: 'provider', standing: 'member' }],
      actingFor: organisation,
    };
    return actingAs(ctx, person, 'page');
  };

  it('of twenty who save the same record at once, one is taken, and the others are told', async () => {
    const id = await keep();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => changeEmployer(ctx, id, text(`Renamed ${at} at once`), 1, true)),
    );
    assert.equal(answers.filter((one) => one.kind === 'ok').length, 1);
    const others = answers.flatMap((one) => (one.kind === 'refused' ? [one.refusal.kind] : []));
    assert.deepEqual(new Set(others), new Set(['changed']));
    assert.equal((await findEmployer(ctx, id))?.revision, 2);
  });

  it('one name in one town is kept once, however many write it down at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        keepEmployer(ctx, randomUUID(), northfield, text(at % 2 ? 'Wanted Twice Ltd' : 'wanted twice'), true),
      ),
    );
    assert.equal(answers.filter((one) => one.kind === 'ok').length, 1);
    assert.equal((await listEmployers(ctx, northfield)).filter((one) => /wanted twice/i.test(one.name)).length, 1);
    const other = await keepEmployer(ctx, randomUUID(), southgate, text('Wanted Twice'), true);
    assert.equal(other.kind, 'ok', 'another organisation keeps its own');
  });

  it('two records that are renamed to one name at once do not both get it', async () => {
    const [one, other] = [await keep(), await keep()];
    const answers = await Promise.all(
      [one, other].map((id) => changeEmployer(ctx, id, text('The Same Name In The End'), 1, true)),
    );
    assert.deepEqual(answers.map((answer) => answer.kind).toSorted(), ['ok', 'refused']);
    const [refusal] = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.refusal.kind] : []));
    assert.equal(refusal, 'duplicates');
  });

  it('a part comes once, however often its form is sent at once, and is changed by one at a time', async () => {
    const employer = await keep();
    const id = randomUUID();
    const step = { what: 'Call', owner: null, due: day(3), done: false };
    await Promise.all(Array.from({ length: 5 }, () => keepPart(ctx, nextStepKind, employer, id, 0, step)));
    assert.equal((await listNextSteps(ctx, employer)).length, 1);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, at) =>
        keepPart(ctx, nextStepKind, employer, id, 1, { ...step, what: `Call ${at}`, done: true }),
      ),
    );
    assert.equal(answers.filter((one) => one.kind === 'ok').length, 1);
    const [kept] = await listNextSteps(ctx, employer);
    assert.deepEqual(kept?.doneAt, testInstant);
  });

  it('nobody else gets in, by any act', async () => {
    const employer = await keep();
    const stranger = memberOf(southgate);
    const step = { what: 'Call', owner: null, due: day(3), done: false };
    assert.equal(await openEmployer(stranger, employer), null);
    assert.deepEqual(await changeEmployer(stranger, employer, text('Taken over'), 1, true), {
      kind: 'refused',
      refusal: { kind: 'unknown' },
    });
    assert.equal((await keepPart(stranger, nextStepKind, employer, randomUUID(), 0, step)).kind, 'refused');
    assert.equal((await offerSharing(stranger, employer, randomUUID(), southgate, day(-1))).kind, 'refused');
    assert.deepEqual(await dropEmployer(stranger, employer), { kind: 'refused', refusal: 'unknown' });
    assert.ok(await findEmployer(ctx, employer));
    await assert.rejects(async () => keepEmployer(stranger, randomUUID(), northfield, text('x'), true), /This is for/);
    await assert.rejects(
      async () => importEmployers(stranger, northfield, [['Name'], ['x']], 'x.csv', { dry: true, alikeToo: false }),
      /This is for/,
    );
  });

  it('is shared once, by both sides’ word, and the trail says who did what', async () => {
    const employer = await keep();
    const receiver = memberOf(southgate);
    const id = randomUUID();
    const answers = await Promise.all(
      [id, id, randomUUID()].map((one) => offerSharing(ctx, employer, one, southgate, day(-1))),
    );
    assert.ok(answers.some((one) => one.kind === 'ok'));
    const [live] = (await openEmployer(ctx, employer))?.sharings ?? [];
    assert.ok(live);
    assert.equal((await openEmployer(ctx, employer))?.sharings.length, 1);
    assert.equal(await openEmployer(receiver, employer), null);
    assert.equal((await agreeToSharing(receiver, live.id)).kind, 'ok');
    assert.equal((await openEmployer(receiver, employer))?.own, false);
    assert.equal((await stopSharing(receiver, live.id)).kind, 'ok');
    assert.equal((await stopSharing(receiver, live.id)).kind, 'refused', 'it ended once');
    assert.equal(await openEmployer(receiver, employer), null);
    assert.equal((await offerSharing(ctx, employer, randomUUID(), southgate, day(0))).kind, 'ok', 'and may begin anew');
    const acts = await findActs(ctx, { name: null, about: employer, organisation: null, from: null, until: null }, 20);
    const names = new Set(acts.map((one) => one.name));
    for (const name of ['employers.sharing-offered', 'employers.sharing-accepted', 'employers.sharing-ended'])
      assert.ok(names.has(name), name);
  });

  it('shows the receiver those contacts alone who agreed to be shared', async () => {
    const employer = await keep();
    const contact = { name: 'A', role: '', email: null, telephone: null, consentUntil: null };
    const agreed = { consent: 'x', consentOn: day(-3) };
    await keepPart(ctx, contactKind, employer, randomUUID(), 0, {
      ...contact,
      ...agreed,
      name: 'Shared',
      mayShare: true,
    });
    await keepPart(ctx, contactKind, employer, randomUUID(), 0, {
      ...contact,
      ...agreed,
      name: 'Ours',
      mayShare: false,
    });
    await keepPart(ctx, contactKind, employer, randomUUID(), 0, {
      ...contact,
      name: 'None',
      consent: null,
      consentOn: null,
      mayShare: false,
    });
    const id = randomUUID();
    await offerSharing(ctx, employer, id, southgate, day(-1));
    await agreeToSharing(memberOf(southgate), id);
    const seen = await openEmployer(memberOf(southgate), employer);
    assert.deepEqual(
      seen?.contacts.map((one) => one.name),
      ['Shared'],
    );
  });

  it('shows nothing that consent allowed once its last day is over, before any job has run', async () => {
    const employer = await keep();
    await keepPart(ctx, contactKind, employer, randomUUID(), 0, {
      name: 'Until yesterday',
      role: '',
      email: 'until@b.example',
      telephone: '01632 960 001',
      consent: 'x',
      consentOn: day(-3),
      consentUntil: day(1),
      mayShare: true,
    });
    const id = randomUUID();
    await offerSharing(ctx, employer, id, southgate, day(-1));
    await agreeToSharing(memberOf(southgate), id);
    assert.equal((await openEmployer(memberOf(southgate), employer))?.contacts.length, 1);
    now = new Date(`${day(2)}T01:00:00Z`);
    const theirs = await openEmployer(memberOf(southgate), employer);
    const [ours] = (await openEmployer(ctx, employer))?.contacts ?? [];
    now = testInstant;
    await dropEmployer(ctx, employer);
    assert.deepEqual(theirs?.contacts, []);
    assert.deepEqual([ours?.name, ours?.email, ours?.telephone, ours?.consent], ['Until yesterday', null, null, null]);
  });

  it('a file that is brought in by five at once is brought in once', async () => {
    const table = [
      ['Name', 'Town', 'Notes'],
      ['Brought In One', 'Oakvale', 'a'],
      ['Brought In Two', 'Oakvale', ''],
    ];
    const bring = () => importEmployers(ctx, northfield, table, 'x.csv', { dry: false, alikeToo: false });
    await Promise.all(Array.from({ length: 5 }, bring));
    assert.equal((await listEmployers(ctx, northfield)).filter((one) => /^Brought In/.test(one.name)).length, 2);
    assert.equal((await bring()).same, 2);
  });

  it('forgets what consent allowed when it ends, and whoever nobody deals with', async () => {
    const employer = await keep();
    const contact = {
      role: '',
      email: 'a@b.example',
      telephone: null,
      consent: 'x',
      consentOn: day(-3),
      mayShare: true,
    };
    const ids = [randomUUID(), randomUUID()] as const;
    await keepPart(ctx, contactKind, employer, ids[0], 0, { ...contact, name: 'Until', consentUntil: day(10) });
    await keepPart(ctx, contactKind, employer, ids[1], 0, { ...contact, name: 'Open', consentUntil: null });
    const meeting = randomUUID();
    await keepPart(ctx, meetingKind, employer, meeting, 0, {
      heldOn: day(0),
      kind: 'call',
      said: 'x',
      occupations: [],
      present: [...ids],
      confidential: false,
    });
    now = new Date(`${day(10)}T12:00:00Z`);
    assert.equal((await ctx.transaction(forgetPeople)).consents, 0, 'its last day is one of it');
    now = new Date(`${day(11)}T12:00:00Z`);
    assert.deepEqual(await ctx.transaction(forgetPeople), { consents: 1, contacts: 0 });
    const [open, until] = await listContacts(ctx, employer);
    assert.deepEqual(
      [open?.email, until?.name, until?.email, until?.consent, until?.mayShare],
      ['a@b.example', 'Until', null, null, false],
    );
    now = new Date(`${day(729)}T12:00:00Z`);
    await keepPart(ctx, contactKind, employer, ids[1], 1, { ...contact, name: 'Open', consentUntil: null });
    now = new Date(`${day(732)}T12:00:00Z`);
    await ctx.transaction(forgetPeople);
    assert.deepEqual(
      (await listContacts(ctx, employer)).map((one) => one.name),
      ['Open'],
      'who was dealt with is kept',
    );
    assert.deepEqual(
      (await listMeetings(ctx, [employer]))[0]?.present.map((one) => one.name),
      ['Open'],
      'the meeting stays, without them',
    );
    now = testInstant;
  });

  it('tells owners once a week what is theirs, and nobody who has left or has nothing', async () => {
    const [first, second] = await colleaguesOf(ctx, northfield);
    assert.ok(first && second);
    const employer = await keep();
    const step = (what: string, owner: string | null, due: string) =>
      keepPart(ctx, nextStepKind, employer, randomUUID(), 0, { what, owner, due, done: false });
    await step('Overdue thing', first.id, day(-4));
    await step('Thing of much later', second.id, day(60));
    await step('Thing of nobody', null, day(-1));
    const stranger = (await colleaguesOf(ctx, southgate)).find((one) => one.id !== first.id && one.id !== second.id);
    if (stranger) await step('Thing of one who left', stranger.id, day(-1));
    const written = await remindOwners(ctx);
    const mails = (await keptMail(ctx, 100)).filter((one) => one.subject.startsWith('Employers: '));
    assert.equal(mails.length, written);
    const told = JSON.stringify(mails);
    assert.match(told, /Overdue thing/);
    assert.doesNotMatch(told, /much later|of nobody/);
  });

  it('hands over and erases what is a person’s: their steps, their notes, and they as a contact', async () => {
    const [owner] = await colleaguesOf(ctx, northfield);
    assert.ok(owner);
    const address = await addressOf(ctx, owner.id);
    const employer = await keep();
    const mine = memberOf(northfield, owner.id);
    const step = randomUUID();
    await keepPart(mine, nextStepKind, employer, step, 0, { what: 'Mine', owner: owner.id, due: day(1), done: false });
    await keepPart(mine, contactKind, employer, randomUUID(), 0, {
      name: 'Myself',
      role: '',
      email: address,
      telephone: null,
      consent: 'emails',
      consentOn: day(-1),
      consentUntil: null,
      mayShare: false,
    });
    const held = JSON.stringify(await employersData.held(ctx, owner.id));
    assert.match(held, /"what":"Mine"/);
    assert.match(held, /"name":"Myself".*"keptBy":"Northfield College"/);
    await ctx.transaction((inside) => employersData.erase(inside, owner.id));
    assert.deepEqual(await listContacts(ctx, employer), []);
    assert.equal((await listNextSteps(ctx, employer)).find((one) => one.id === step)?.owner, null);
  });
});
