import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';
import { setChecking } from '../../accounts/use-cases/checking.ts';
import { examplePeople, seedExamplePeople, signInAsExample } from '../../accounts/use-cases/example-people.ts';
import { openSession } from '../../accounts/use-cases/sessions.ts';
import { type EditedText, findDraft, publish, restoreAsDraft, saveDraftOf, withdraw } from './edit-page.ts';
import { discardDraft } from './manage-pages.ts';
import { findPage, listPages, listUpdates, listVersions } from './read-guide.ts';
import { readContentFile, seedGuide } from './seed-guide.ts';

describe('the guide', () => {
  let store: TestStore;
  let ctx: Context;
  before(async () => {
    store = await openTestContext('example');
    ctx = store.ctx;
    await seedExamplePeople(ctx);
    await seedGuide(ctx);
  });
  after(() => store.close());

  const person = async (name: string): Promise<Person> => {
    const address = examplePeople.find((one) => one.address.startsWith(name))?.address ?? '';
    const token = await signInAsExample(ctx, address, '');
    const session = token ? await openSession(ctx, token) : null;
    assert.ok(session);
    return session.person;
  };
  const as = (one: Person) => actingAs(ctx, one, 'page');
  const text: EditedText = {
    title: 'How a qualification is approved',
    summary: 'What is asked.',
    body: 'Said anew.',
    major: true,
    changeNote: 'Written anew.',
  };

  it('opens with every page of the toolkit published as version 1, each with its facts’ source or theirs', async () => {
    const pages = await listPages(ctx);
    assert.ok(pages.length >= 10);
    for (const page of pages) {
      assert.equal(page.current.number, 1);
      assert.equal(page.current.publishedAt.toISOString(), ctx.clock().toISOString(), 'dated when the instance starts');
      assert.ok(page.current.body.length > 200);
    }
    assert.equal((await listUpdates(ctx, 50)).length, pages.length);
  });

  it('names the file of the toolkit’s own content that is wrong', () => {
    assert.throws(() => readContentFile('x.md', 'text', '2027-01-01'), /content\/x\.md: expected NN-name\.md/);
    assert.throws(
      () => readContentFile('10-x.md', '---\ntitle: A\nsumary: B\ntopic: C\n---\ntext', '2027-01-01'),
      /content\/10-x\.md: .*summary/,
    );
  });

  it('is written by editors alone', async () => {
    const tom = await person('tom');
    assert.throws(() => saveDraftOf(as(tom), tom, 'approval', text, 0, false), NotAllowed);
    assert.throws(() => withdraw(as(tom), 'approval', 'No'), NotAllowed);
  });

  it('goes from draft to version, checked, and shows both versions for ever', async () => {
    const edward = await person('edward');
    assert.equal((await publish(as(edward), edward, 'approval', 1)).kind, 'refused', 'nothing is submitted yet');
    assert.equal((await saveDraftOf(as(edward), edward, 'approval', text, 0, false)).kind, 'ok');
    assert.deepEqual(await publish(as(edward), edward, 'approval', 1), {
      kind: 'refused',
      refusal: 'nothing-submitted',
    });
    assert.equal((await saveDraftOf(as(edward), edward, 'approval', text, 1, true)).kind, 'ok');
    assert.deepEqual(await publish(as(edward), edward, 'approval', 1), { kind: 'refused', refusal: 'changed' });
    // One editor, and the instance lets one person run it: named, not hidden.
    assert.deepEqual(await publish(as(edward), edward, 'approval', 2), { kind: 'ok', value: 2 });
    const [now, first] = await listVersions(ctx, 'approval');
    assert.deepEqual([now?.number, now?.body, now?.writtenBy, now?.checkedBy], [2, 'Said anew.', edward.id, edward.id]);
    assert.equal(first?.number, 1);
    assert.equal(await findDraft(ctx, 'approval'), undefined);
    assert.deepEqual(
      await publish(as(edward), edward, 'approval', 2),
      { kind: 'refused', refusal: 'nothing-submitted' },
      'sent twice, it is published once',
    );
  });

  it('keeps what two editors wrote at once', async () => {
    const edward = await person('edward');
    const nadia = await person('nadia');
    await setRole(as(nadia), nadia.id, 'editor', true);
    const second = await person('nadia');
    assert.equal(
      (await saveDraftOf(as(edward), edward, 'funding', { ...text, body: 'Edward’s' }, 0, false)).kind,
      'ok',
    );
    const answer = await saveDraftOf(as(second), second, 'funding', { ...text, body: 'Nadia’s' }, 0, false);
    assert.ok(answer.kind === 'refused' && answer.refusal.kind === 'changed');
    assert.equal(answer.refusal.now.body, 'Edward’s', 'the later one is shown what is there');
    assert.equal((await findDraft(ctx, 'funding'))?.body, 'Edward’s', 'and nothing is lost');
    assert.equal((await saveDraftOf(as(second), second, 'funding', { ...text, body: 'Both' }, 1, true)).kind, 'ok');
    assert.deepEqual(await publish(as(second), second, 'funding', 2), { kind: 'refused', refusal: 'others-can' });
    assert.equal((await publish(as(edward), edward, 'funding', 2)).kind, 'ok');
    await setChecking(as(second), 'required');
    await setRole(as(second), edward.id, 'editor', false);
    assert.equal((await saveDraftOf(as(second), second, 'funding', text, 0, true)).kind, 'ok');
    assert.deepEqual(await publish(as(second), second, 'funding', 1), {
      kind: 'refused',
      refusal: 'needs-second-person',
    });
    await discardDraft(as(second), 'funding');
    assert.equal(await findDraft(ctx, 'funding'), undefined);
  });

  it('makes a draft of an older version and publishes nothing; withdraws with a reason', async () => {
    const nadia = await person('nadia');
    const first = (await listVersions(ctx, 'approval')).at(-1);
    assert.ok(first);
    await restoreAsDraft(as(nadia), nadia, 'approval', first, 1);
    assert.equal((await findDraft(ctx, 'approval'))?.body, first.body);
    assert.equal((await findPage(ctx, 'approval'))?.current.number, 2);
    assert.equal(await withdraw(as(nadia), 'approval', 'The rules have changed.'), true);
    assert.equal((await findPage(ctx, 'approval'))?.withdrawn?.reason, 'The rules have changed.');
    assert.equal((await listVersions(ctx, 'approval')).length, 2);
    assert.equal(await withdraw(as(nadia), 'no-such', 'x'), false);
  });
});
