import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { visitor } from '#kernel/actor.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import type { Round } from '../domain/round.ts';
import {
  addFiles,
  beginAnswer,
  confirmAnswer,
  findWritten,
  listAnswerFiles,
  saveAboutYou,
  saveSection,
  sendAnswer,
} from './answer-round.ts';
import { fiveQuestions } from './opening-questions.ts';
import { beginRound, describeRound, findRound, putToUse } from './rounds.ts';

describe('answers to a round, at once', () => {
  let store: TestStore;
  let round: Round;
  let visit: Context;
  before(async () => {
    store = await openTestContext('example');
    const { ctx } = store;
    const slug = await beginRound(ctx, randomUUID(), 'At once', fiveQuestions);
    const found = await findRound(ctx, slug);
    assert.ok(found);
    const opensAt = new Date(ctx.clock().getTime() - 1000);
    await describeRound(
      ctx,
      found,
      { title: 'At once', purpose: 'To try.', audience: '', opensAt, closesAt: null, onePerAddress: true },
      found.revision,
    );
    const described = await findRound(ctx, slug);
    assert.ok(described);
    assert.equal((await putToUse(ctx, described, '')).kind, 'ok');
    const used = await findRound(ctx, slug);
    assert.ok(used);
    round = used;
    visit = actingAs(ctx, visitor, 'page');
  });
  after(() => store.close());

  const sent = async (address: string): Promise<string> => {
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    // An answer without any answer is refused.
    assert.deepEqual(await sendAnswer(visit, round, begun.value), { kind: 'refused', refusal: 'empty' });
    const part = { questions: ['works'], given: { works: 'Renting by the term.' } };
    assert.equal((await saveSection(visit, round, begun.value, part, 1)).kind, 'ok');
    const about = { name: '', organisation: '', providerKind: '', region: '', mayPublish: false, address };
    assert.equal((await saveAboutYou(visit, round, begun.value, about, 2)).kind, 'ok');
    // The form was sent twice: the message goes once.
    const both = await Promise.all([sendAnswer(visit, round, begun.value), sendAnswer(visit, round, begun.value)]);
    assert.deepEqual(
      both.map((one) => one.kind),
      ['ok', 'ok'],
    );
    const mails = (await keptMail(store.ctx, 1000)).filter((one) => one.to === address);
    assert.equal(mails.length, 1);
    return /confirm\/([\w-]+)/.exec(JSON.stringify(mails[0]?.body))?.[1] ?? '';
  };

  it('of answers of one address that are confirmed at once, one counts', async () => {
    const { sql } = await import('kysely');
    const tokens: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      tokens.push(await sent('same@college.example'));
      await sql`delete from platform.mail where to_address = 'same@college.example'`.execute(store.ctx.db);
    }
    assert.equal(new Set(tokens).size, 5);
    const done = await Promise.all(tokens.map((token) => confirmAnswer(visit, round, token)));
    assert.equal(done.filter((one) => one.kind === 'ok').length, 1);
    assert.equal(done.filter((one) => one.kind === 'refused' && one.refusal === 'answered-before').length, 4);
  });

  it('of two tabs that save at once, one is told', async () => {
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    const save = (works: string) =>
      saveSection(visit, round, begun.value, { questions: ['works'], given: { works } }, 1);
    const both = await Promise.all([save('one'), save('other')]);
    assert.deepEqual(both.map((one) => one.kind).toSorted(), ['ok', 'refused']);
  });

  it('an answer takes fifty files, and those that are sent twice once', async () => {
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    const question = { id: 'plan', kind: 'file', title: '', hint: '', required: false, when: null } as const;
    const file = (n: number) => ({ name: `plan-${n}.txt`, bytes: new TextEncoder().encode(`What we plan ${n}`) });
    const files = Array.from({ length: 50 }, (_, n) => file(n));
    assert.deepEqual(await addFiles(visit, round, begun.value, question, files), []);
    assert.deepEqual(await addFiles(visit, round, begun.value, question, files.slice(0, 3)), [], 'they are there');
    const [problem] = await addFiles(visit, round, begun.value, question, [file(99)]);
    assert.equal(problem, 'plan-99.txt: there are 50 files already');
    const written = await findWritten(visit, round, begun.value);
    assert.equal((await listAnswerFiles(visit, written?.answer.id ?? '')).length, 50);
  });

  it('an answer takes a hundred megabytes of files and no byte more', async () => {
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    const question = { id: 'plan', kind: 'file', title: '', hint: '', required: false, when: null } as const;
    const file = (letter: string, megabytes: number) => ({
      name: `${letter}.txt`,
      bytes: new TextEncoder().encode(letter.repeat(megabytes * 1024 * 1024)),
    });
    assert.deepEqual(
      await addFiles(
        visit,
        round,
        begun.value,
        question,
        ['a', 'b', 'c', 'd', 'e'].map((letter) => file(letter, 20)),
      ),
      [],
    );
    const [problem] = await addFiles(visit, round, begun.value, question, [
      { name: 'f.txt', bytes: new TextEncoder().encode('f') },
    ]);
    assert.equal(problem, 'f.txt: all files together may have up to 100 MB');
  });
});
