import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Membership, visitor } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { listMail } from '#platform/mail/outbox.ts';
import { openTestContext, type TestStore, testInstant } from '../../../../test/support/stores.ts';
import { findPersonByAddress } from '../../accounts/store/people.ts';
import { colleaguesOf, exampleProvider } from '../../accounts/use-cases/colleagues.ts';
import { seedExamplePeople } from '../../accounts/use-cases/example-people.ts';
import type { EmployerText } from '../domain/employer.ts';
import { forOthers, heldBackWords } from '../domain/evidence.ts';
import type { Letter } from '../domain/letter.ts';
import { forgetContacts } from '../store/contacts.ts';
import { addEmployer } from '../store/employers.ts';
import { deleteUnsignedLetters, findLetter, lettersAbout } from '../store/letters.ts';
import { tables } from '../store/tables.ts';
import {
  amendLetter,
  declineLetter,
  isUnchanged,
  lookAtLetter,
  shownOf,
  signLetter,
  takeBackLetter,
} from './answer-letter.ts';
import {
  saveDraft,
  sendDraft,
  sendLetter,
  startLetter,
  takeSignerOut,
  withdrawLetter,
  writableContacts,
} from './draft-letter.ts';
import { evidenceData } from './evidence-personal-data.ts';
import { evidenceRecord } from './evidence-record.ts';
import { dropEmployer } from './keep-employers.ts';

const day = 86_400_000;

const halden: EmployerText = {
  name: 'Halden Data Centres',
  companyNumber: null,
  size: 'large',
  sector: 'J',
  region: 'London',
  town: 'Halden',
  routes: ['Digital'],
  occupations: ['ST9001', 'ST9002'],
  offers: [],
  notes: '',
};

describe('letters of support', () => {
  let store: TestStore;
  let ctx: Context;
  let now = testInstant;
  let keeping: Membership;
  let employer = '';
  let contact = '';
  before(async () => {
    store = await openTestContext('example', () => now);
    ctx = store.ctx;
    await seedExamplePeople(ctx);
    const organisation = (await exampleProvider(ctx)) ?? '';
    keeping = { organisation, name: 'Northfield College', kind: 'provider', standing: 'lead' };
    employer = randomUUID();
    await addEmployer(ctx, employer, organisation, halden);
    contact = await addContact('priya@halden.example');
  });
  after(() => store.close());

  const addContact = async (email: string, until: string | null = null, at = employer): Promise<string> => {
    const id = randomUUID();
    await tables(ctx)
      .insertInto('employers.contact')
      .values({
        id,
        employer_id: at,
        name: 'Priya Shah',
        role: 'Head of networks',
        email,
        consent: 'to be written to',
        consent_on: '2026-01-01',
        consent_until: until,
        may_share: false,
        revision: 1,
        touched_at: now,
      })
      .execute();
    return id;
  };
  const letterOf = async (id: string): Promise<Letter> => {
    const found = await findLetter(ctx, id);
    assert.ok(found);
    return found;
  };
  const start = async (to = contact): Promise<string> => {
    const id = randomUUID();
    const made = await startLetter(ctx, keeping, { id, employer, contact: to, occupations: ['ST9001'] });
    assert.equal(made.kind, 'ok');
    const { revision } = await letterOf(id);
    assert.equal((await saveDraft(ctx, id, { revision, draft: 'One.\n\nTwo.', contact: to })).kind, 'ok');
    return id;
  };
  const formOf = ({ revision, draft, contact: to }: Letter) => ({ revision, draft, contact: to?.id ?? '' });
  const send = async (to = contact): Promise<Letter> => {
    const id = await start(to);
    assert.equal((await sendDraft(ctx, id, formOf(await letterOf(id)))).kind, 'ok');
    return letterOf(id);
  };
  const signature = { name: 'Priya Shah', role: 'Head of networks', heldBack: [1] };
  const sign = async (letter: Letter) => signLetter(ctx, letter.token, { ...signature, shown: shownOf(letter) });
  const amend = async (letter: Letter, text: string) =>
    amendLetter(ctx, letter.token, { text, shown: shownOf(await letterOf(letter.id)) });
  const refusal = (answer: { readonly kind: string; readonly refusal?: string }) => answer.refusal ?? answer.kind;
  const mails = async (name: string) => (await listMail(ctx, null, 1000)).filter((one) => one.name === name).length;
  const refusedByStore = (act: Promise<unknown>) =>
    assert.rejects(act, (error: Error) => /is refused: a signed letter stays/.test(error.message));

  it('are signed once, however often the button is pressed at once', async () => {
    const letter = await send();
    const before = await mails('employers.letter-signed');
    const answers = await Promise.all(Array.from({ length: 8 }, () => sign(letter)));
    assert.ok(answers.every((one) => one.kind === 'ok'));
    assert.equal(await mails('employers.letter-signed'), before + 1);
    const { state, signed } = await letterOf(letter.id);
    assert.equal(state, 'signed');
    assert.ok(signed);
    assert.deepEqual(signed.parts, [
      { text: 'One.', confidential: false },
      { text: 'Two.', confidential: true },
    ]);
    assert.deepEqual(signed.signer, { name: 'Priya Shah', role: 'Head of networks', address: 'priya@halden.example' });
    assert.equal(signed.signedAt.getTime(), now.getTime());
    assert.ok(isUnchanged(letter, signed));
    assert.ok(!isUnchanged(letter, { ...signed, parts: [{ text: 'One!', confidential: false }] }));
  });

  it('are sent once for one click', async () => {
    const id = await start();
    const typed = { ...formOf(await letterOf(id)), draft: 'One.\n\nTwo, and more.' };
    const before = await mails('employers.letter');
    const answers = await Promise.all(Array.from({ length: 4 }, () => sendDraft(ctx, id, typed)));
    assert.ok(answers.every((one) => one.kind === 'ok'));
    assert.equal(await mails('employers.letter'), before + 1);
    assert.equal((await letterOf(id)).draft, 'One.\n\nTwo, and more.', 'with the words that stood in the form');
  });

  it('are sent once more when somebody asks, also where the employer changed words meanwhile', async () => {
    const letter = await send();
    const before = await mails('employers.letter');
    assert.equal((await amend(letter, 'One, changed.')).kind, 'ok');
    now = new Date(testInstant.getTime() + day);
    assert.equal((await sendLetter(ctx, letter.id, letter.sentAt)).kind, 'ok');
    assert.equal(await mails('employers.letter'), before + 1);
    now = testInstant;
  });

  it('are signed under the name that the page showed, not under one that the record got meanwhile', async () => {
    const letter = await send();
    const rename = (name: string) =>
      tables(ctx).updateTable('employers.employer').set({ name }).where('id', '=', employer).execute();
    await rename('Quite Another Company');
    const answer = await sign(letter);
    await rename(halden.name);
    assert.equal(refusal(answer), 'changed');
    assert.equal((await letterOf(letter.id)).state, 'sent');
    assert.equal((await sign(await letterOf(letter.id))).kind, 'ok');
  });

  it('count from the day that their page says, in London', async () => {
    now = new Date('2026-06-30T23:30:00Z');
    const letter = await send();
    await sign(letter);
    const { items } = await evidenceRecord(ctx, { organisation: keeping.organisation, occupation: 'ST9001' });
    assert.equal(items.find((one) => one.id === letter.id)?.on, '2026-07-01');
    now = testInstant;
  });

  it('tell their answer to whoever drafted them, and not to one who has left', async () => {
    const [member] = await colleaguesOf(ctx, keeping.organisation);
    assert.ok(member);
    const draftedBy = async (person: string): Promise<number> => {
      const letter = await send();
      await tables(ctx).updateTable('employers.letter').set({ made_by: person }).where('id', '=', letter.id).execute();
      const before = await mails('employers.letter-signed-told');
      await sign(letter);
      return (await mails('employers.letter-signed-told')) - before;
    };
    assert.equal(await draftedBy(member.id), 1);
    const stranger = (await findPersonByAddress(ctx, 'sam.visitor@home.example'))?.id ?? '';
    assert.ok(stranger);
    assert.equal(await draftedBy(stranger), 0);
  });

  it('show that the contact is dealt with, who is not forgotten while a letter waits for them', async () => {
    const to = await addContact('waits@halden.example');
    await tables(ctx)
      .updateTable('employers.contact')
      .set({ touched_at: new Date(testInstant.getTime() - 800 * day) })
      .where('id', '=', to)
      .execute();
    const letter = await send(to);
    await forgetContacts(ctx, new Date(testInstant.getTime() - 730 * day));
    assert.equal((await lookAtLetter(ctx, letter.token))?.standing, 'open');
  });

  it('can be addressed by the organisation alone that keeps the contact', async () => {
    assert.ok((await writableContacts(ctx, employer)).length > 0);
    assert.deepEqual(await writableContacts(actingAs(ctx, visitor, 'page'), employer), []);
  });

  it('stay as they were signed: the database refuses a change', async () => {
    const letter = await send();
    await sign(letter);
    const all = tables(ctx);
    await refusedByStore(
      all
        .updateTable('employers.signed_letter')
        .set({ sha256: '0'.repeat(64) })
        .where('letter_id', '=', letter.id)
        .execute(),
    );
    await refusedByStore(all.deleteFrom('employers.signed_letter').where('letter_id', '=', letter.id).execute());
    await refusedByStore(sql`truncate employers.signed_letter cascade`.execute(ctx.db));
    await refusedByStore(
      all
        .updateTable('employers.letter_signer')
        .set({ name: 'Someone else' })
        .where('letter_id', '=', letter.id)
        .execute(),
    );
    for (const change of [{ draft: 'Other.' }, { occupations: ['ST9002'] }, { state: 'draft' }, { sent_to: 'x' }])
      await refusedByStore(all.updateTable('employers.letter').set(change).where('id', '=', letter.id).execute());
    // What may change: who drafted it is forgotten.
    await all.updateTable('employers.letter').set({ made_by: null }).where('id', '=', letter.id).execute();
    assert.equal(refusal(await withdrawLetter(ctx, letter.id)), 'answered');
    assert.equal(refusal(await amend(letter, 'Other.')), 'signed');
  });

  it('are signed as they stood on the page: other words are shown first', async () => {
    const letter = await send();
    assert.equal((await amend(letter, 'One.\n\n[How many people]')).kind, 'ok');
    assert.equal(refusal(await sign(letter)), 'changed');
    assert.equal(refusal(await sign(await letterOf(letter.id))), 'prompts');
    await amend(letter, 'One, and twelve people.');
    assert.equal((await sign(await letterOf(letter.id))).kind, 'ok');
    assert.deepEqual((await letterOf(letter.id)).signed?.parts, [
      { text: 'One, and twelve people.', confidential: false },
    ]);
    assert.equal((await letterOf(letter.id)).draft, 'One.\n\nTwo.');
  });

  it('are changed from what the page showed: of two tabs the older does not replace the whole letter', async () => {
    const letter = await send();
    assert.equal((await amend(letter, 'One.\n\nThree.')).kind, 'ok');
    assert.equal(refusal(await amendLetter(ctx, letter.token, { text: 'Four.', shown: shownOf(letter) })), 'changed');
    assert.equal((await letterOf(letter.id)).amended, 'One.\n\nThree.');
  });

  it('say that they are over, withdrawn, declined or taken back', async () => {
    const standing = async (letter: Letter) => (await lookAtLetter(ctx, letter.token))?.standing;
    const over = await send();
    now = new Date(testInstant.getTime() + 28 * day);
    assert.equal(await standing(over), 'expired');
    assert.equal(refusal(await sign(over)), 'expired');
    assert.equal((await sendLetter(ctx, over.id, over.sentAt)).kind, 'ok');
    assert.equal(await standing(over), 'open', 'sent once more, the same link holds again');
    now = testInstant;

    const withdrawn = await send();
    assert.equal((await withdrawLetter(ctx, withdrawn.id)).kind, 'ok');
    assert.equal(await standing(withdrawn), 'withdrawn');
    assert.equal(refusal(await sign(withdrawn)), 'withdrawn');

    const declined = await send();
    assert.equal((await declineLetter(ctx, declined.token, 'Not now')).kind, 'ok');
    assert.equal((await declineLetter(ctx, declined.token, 'Not now')).kind, 'ok');
    assert.equal(refusal(await sign(declined)), 'declined');
    assert.equal((await letterOf(declined.id)).reason, 'Not now');

    const taken = await send();
    assert.equal(refusal(await takeBackLetter(ctx, taken.token, '')), 'changed', 'nothing is signed yet');
    await sign(taken);
    assert.equal((await takeBackLetter(ctx, taken.token, '')).kind, 'ok');
    assert.equal(await standing(taken), 'taken back');
    assert.equal(refusal(await sign(taken)), 'taken back');
    assert.equal(await lookAtLetter(ctx, 'no-such-token'), null);
    assert.equal(await lookAtLetter(ctx, '\0'), null);
  });

  it('are nobody’s without the contact, their consent, or the address that the link went to', async () => {
    const standing = async (letter: Letter) => (await lookAtLetter(ctx, letter.token))?.standing;
    const moved = await addContact('old@halden.example');
    const letter = await send(moved);
    await tables(ctx)
      .updateTable('employers.contact')
      .set({ email: 'new@halden.example' })
      .where('id', '=', moved)
      .execute();
    assert.equal(await standing(letter), 'withdrawn');
    assert.equal((await sendLetter(ctx, letter.id, letter.sentAt)).kind, 'ok');
    assert.equal(await lookAtLetter(ctx, letter.token), null, 'the old link opens nothing');
    const again = await letterOf(letter.id);
    assert.equal(await standing(again), 'open');
    await tables(ctx).deleteFrom('employers.contact').where('id', '=', moved).execute();
    assert.equal(await standing(again), 'withdrawn');
    assert.equal(refusal(await sign(again)), 'withdrawn');

    const brief = await addContact('brief@halden.example', testInstant.toISOString().slice(0, 10));
    const sent = await send(brief);
    assert.equal(await standing(sent), 'open', 'the last day of consent counts');
    now = new Date(testInstant.getTime() + day);
    assert.equal(await standing(sent), 'withdrawn');
    now = testInstant;
  });

  it('keep the letter when the signer’s name is taken out', async () => {
    const letter = await send();
    await sign(letter);
    const about = await lettersAbout(ctx, randomUUID(), 'priya@halden.example');
    assert.ok(about.signed.some((one) => one.letter === letter.id));
    assert.equal((await takeSignerOut(ctx, letter.id)).kind, 'ok');
    const { signed, state } = await letterOf(letter.id);
    assert.equal(state, 'signed');
    assert.equal(signed?.signer, null);
    assert.ok(signed && isUnchanged(letter, signed));
  });

  it('tell an account’s owner what they signed, and forget them with their account', async () => {
    const grace = (await findPersonByAddress(ctx, 'grace.lead@fenwick.example'))?.id ?? '';
    const letter = await send(await addContact('grace.lead@fenwick.example'));
    await sign(letter);
    assert.match(JSON.stringify(await evidenceData.held(ctx, grace)), new RegExp(letter.id));
    await ctx.transaction((inside) => evidenceData.erase(inside, grace));
    const { signed } = await letterOf(letter.id);
    assert.ok(signed && signed.signer === null && isUnchanged(letter, signed));
    assert.doesNotMatch(JSON.stringify(await evidenceData.held(ctx, grace)), new RegExp(letter.id));
  });

  it('are in the record of their occupation, for members alone', async () => {
    const letter = await send();
    const asked = { organisation: keeping.organisation, occupation: 'st9001' };
    const inRecord = async () => (await evidenceRecord(ctx, asked)).items.some((one) => one.id === letter.id);
    assert.ok(!(await inRecord()), 'not before it is signed');
    await sign(letter);
    assert.ok(await inRecord());
    assert.deepEqual((await evidenceRecord(ctx, { ...asked, occupation: 'ST0000' })).items, []);
    await assert.rejects(evidenceRecord(actingAs(ctx, visitor, 'page'), asked), NotAllowed);
    const open = forOthers(await evidenceRecord(ctx, asked)).items.find((one) => one.id === letter.id);
    assert.deepEqual(
      open?.parts.map((one) => one.text),
      ['One.', heldBackWords],
    );
    assert.equal(await dropEmployer(ctx, employer).then(refusal), 'signed', 'a signed letter holds the record');
  });

  it('go with an employer whom nobody signed for', async () => {
    const other = randomUUID();
    await addEmployer(ctx, other, keeping.organisation, { ...halden, name: 'Another' });
    const contactThere = await addContact('other@another.example', null, other);
    const id = randomUUID();
    assert.equal(
      (await startLetter(ctx, keeping, { id, employer: other, contact: contactThere, occupations: ['ST9001'] })).kind,
      'ok',
    );
    assert.equal((await dropEmployer(ctx, other)).kind, 'ok');
    assert.equal(await findLetter(ctx, id), null);
  });

  it('hold the record also when they are signed in the very moment in which it is taken away', async () => {
    const other = randomUUID();
    await addEmployer(ctx, other, keeping.organisation, { ...halden, name: 'A third' });
    const letter = await (async () => {
      const id = randomUUID();
      const to = await addContact('third@third.example', null, other);
      await startLetter(ctx, keeping, { id, employer: other, contact: to, occupations: ['ST9001'] });
      await saveDraft(ctx, id, { revision: 1, draft: 'One.\n\nTwo.', contact: to });
      await sendDraft(ctx, id, formOf(await letterOf(id)));
      return letterOf(id);
    })();
    const [signed, dropped] = await Promise.all([sign(letter), dropEmployer(ctx, other)]);
    if (signed.kind === 'ok') assert.equal(refusal(dropped), 'signed');
    else assert.equal(dropped.kind, 'ok');
    assert.equal((await findLetter(ctx, letter.id))?.signed !== undefined, signed.kind === 'ok');
  });

  it('go after their time, but for what was signed', async () => {
    const signed = await send();
    await sign(signed);
    const open = await send();
    assert.ok((await deleteUnsignedLetters(ctx, new Date(testInstant.getTime() + 29 * day))) > 0);
    assert.equal(await findLetter(ctx, open.id), null);
    assert.ok((await findLetter(ctx, signed.id))?.signed);
  });
});
