import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { decisionsOn } from '../store/reading.ts';
import { exportAnswers } from './export-answers.ts';
import { countCoded, eachText, listPublic, listToCodeTwice, listTwiceCoded, listUncoded } from './read-answers.ts';
import { countResults } from './results.ts';
import { findRound } from './rounds.ts';
import { seedExampleRounds } from './seed-example-rounds.ts';

describe('what is counted of a round, on every database', () => {
  let store: TestStore;
  before(async () => {
    store = await openTestContext('example');
    await seedExampleRounds(store.ctx);
  });
  after(() => store.close());

  const example = async (slug = 'equipment-for-construction') => {
    const round = await findRound(store.ctx, slug);
    assert.ok(round);
    return round;
  };

  it('adds up', async () => {
    const results = await countResults(store.ctx, await example());
    assert.equal(results.answers, 64);
    const have = results.questions.find((one) => one.question.id === 'have');
    assert.deepEqual(
      have?.bars.map((one) => one.count),
      [20, 30, 14],
    );
    const staff = results.questions.find((one) => one.question.id === 'staff');
    assert.match(staff?.words ?? '', /the one in the middle is 6/);
    assert.equal(
      staff?.bars.reduce((sum, one) => sum + (one.count ?? 0), 0),
      64,
    );
    assert.equal(results.themes.find((one) => one.theme.id === 'kit')?.count, 14);
    assert.equal(results.coded, 26);
  });

  it('knows what waits, what was coded twice and what everyone may read', async () => {
    const { ctx } = store;
    const round = await example();
    const counts = await countCoded(ctx, round.id, 'works');
    assert.deepEqual([counts.texts, counts.coded, counts.twice], [26, 26, 13]);
    assert.equal((await listUncoded(ctx, round.id, 'works', 5)).length, 0);
    assert.ok((await listTwiceCoded(ctx, round.id)).length > 13);
    assert.equal(
      (await listToCodeTwice(ctx, round.id, 'works', '00000000-0000-4000-8000-000000000001', 99)).length,
      13,
    );
    assert.ok((await listPublic(ctx, round.id, 50, 0)).every((one) => one.start.length > 0));
    let texts = 0;
    await eachText(
      ctx,
      round.id,
      ['works', 'lack'],
      () => {
        texts += 1;
      },
      7,
    );
    assert.equal(texts, 46, 'page by page none is left out');
    const open = await example('teaching-digital');
    assert.equal((await listUncoded(ctx, open.id, 'works', 5)).length, 2);
    assert.deepEqual(await decisionsOn(ctx, 'guidance-page', 'no_such%', ctx.clock()), []);
    const csv = new TextDecoder().decode(await exportAnswers(ctx, round, 'csv', false));
    assert.equal(csv.trimEnd().split('\r\n').length, 65);
  });
});
