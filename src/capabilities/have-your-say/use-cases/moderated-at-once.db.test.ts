import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Person } from '#kernel/actor.ts';
import { visitor } from '#kernel/actor.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import type { Round } from '../domain/round.ts';
import {
  addFiles,
  beginAnswer,
  findWritten,
  listAnswerFiles,
  saveAboutYou,
  saveSection,
  sendAnswer,
} from './answer-round.ts';
import { fiveQuestions } from './opening-questions.ts';
import { listQuotes, moderate, quote, saveCodeBook } from './read-answers.ts';
import { beginRound, describeRound, findRound, putToUse } from './rounds.ts';

describe('texts that are moderated while others use them, and files that look alike', () => {
  let store: TestStore;
  let ctx: Context;
  let round: Round;
  let moderator: Person;
  before(async () => {
    store = await openTestContext('example');
    ctx = store.ctx;
    const slug = await beginRound(ctx, randomUUID(), 'At once', fiveQuestions);
    const current = async (): Promise<Round> => {
      const found = await findRound(ctx, slug);
      assert.ok(found);
      return found;
    };
    const opensAt = new Date(ctx.clock().getTime() - 1000);
    const about = { title: 'At once', purpose: 'To try.', audience: '', opensAt, closesAt: null, onePerAddress: false };
    const begun = await current();
    await describeRound(ctx, begun, about, begun.revision);
    await putToUse(ctx, await current(), '');
    round = await current();
    const id = randomUUID();
    await sql`insert into accounts.person (id, made_at) values (${id}, ${ctx.clock()})`.execute(ctx.db);
    moderator = { kind: 'person', id, name: 'A moderator', roles: ['moderator'], memberships: [], actingFor: null };
  });
  after(() => store.close());

  it('a passage that is being taken out is not quoted meanwhile', async () => {
    const visit = actingAs(ctx, visitor, 'page');
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    const given = { works: 'Ask Dr Smith about our rigs.' };
    await saveSection(visit, round, begun.value, { questions: ['works'], given }, 1);
    const about = { name: '', organisation: '', providerKind: '', region: '', mayPublish: true, address: null };
    await saveAboutYou(visit, round, begun.value, about, 2);
    await sendAnswer(visit, round, begun.value);
    const id = (await findWritten(visit, round, begun.value))?.answer.id ?? '';
    const all = { how: 'as-it-is', publicText: '', reason: '' } as const;
    assert.equal((await moderate(ctx, moderator, round, id, 'works', all, '')).kind, 'ok');
    assert.ok(await saveCodeBook(ctx, moderator, round, [{ id: '', name: 'Rigs', description: '' }], '', 0));
    const { rows } = await sql<{ at: Date }>`select at from have_your_say.moderation where answer_id = ${id}`.execute(
      ctx.db,
    );
    const seen = rows[0]?.at.toISOString() ?? '';
    const quoted = { id: randomUUID(), answer: id, question: 'works', theme: 'rigs', text: 'Ask Dr Smith' };
    const redacted = { how: 'redacted', publicText: 'Ask [name] about our rigs.', reason: 'A name.' } as const;
    let letGo = (): void => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    // One takes the name out, and has not finished when another quotes it.
    const first = ctx.transaction(async (inside) => {
      assert.equal((await moderate(inside, moderator, round, id, 'works', redacted, seen)).kind, 'ok');
      await held;
    });
    await wait(100);
    const second = quote(ctx, round, quoted);
    await wait(300);
    letGo();
    await Promise.all([first, second]);
    assert.deepEqual(await listQuotes(ctx, round.id), []);
  });

  it('two files of one name and one size are two, and one file may answer two questions', async () => {
    const visit = actingAs(ctx, visitor, 'page');
    const begun = await beginAnswer(visit, round);
    assert.ok(begun.kind === 'ok');
    const asked = (id: string) => ({ id, kind: 'file', title: '', hint: '', required: false, when: null }) as const;
    const file = (text: string) => ({ name: 'plan.txt', bytes: new TextEncoder().encode(text) });
    const add = (question: string, text: string) => addFiles(visit, round, begun.value, asked(question), [file(text)]);
    for (const [question, text] of [
      ['plan', 'First plan'],
      ['plan', 'First plan'],
      ['plan', 'Other plan'],
      ['budget', 'First plan'],
    ] as const)
      assert.deepEqual(await add(question, text), []);
    const answer = (await findWritten(visit, round, begun.value))?.answer.id ?? '';
    const there = (await listAnswerFiles(visit, answer)).map((one) => one.question).toSorted();
    assert.deepEqual(there, ['budget', 'plan', 'plan']);
  });
});
