import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openTestContext, rolledBack, type TestStore } from '../../../../test/support/stores.ts';
import { type Assertion, noKeys } from '../domain/fact.ts';
import { factsEver, factsHolding, recordFacts } from './facts.ts';

const origin = { source: 'test', retrievedOn: '2026-01-01' };
const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
const instant = (number: number): Date => new Date(Date.UTC(2026, 5, 1, 0, number));

const says = (name: string | null, from: number, to: number | null, subject = '10000001'): Assertion => ({
  kind: 'provider',
  subject,
  keys: { ...noKeys, ukprn: subject },
  from: day(from),
  to: to === null ? null : day(to),
  body: name === null ? null : { name, type: null, region: null, town: null, postcode: null, closedOn: null },
});

/** The same numbers on every run. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
};

describe('facts in two times', () => {
  let store: TestStore;
  before(async () => {
    store = await openTestContext('own', () => instant(0));
  });
  after(() => store.close());

  it('answer on each day and by each state of knowledge as a plain table of all days would', async () => {
    await rolledBack(store.ctx, async (ctx) => {
      const random = randomFrom(7);
      const days = 12;
      // The slow checker: what is believed of each day, and a copy of it after each recording.
      let plain: (string | null)[] = Array.from({ length: days }, () => null);
      const believed: (readonly (string | null)[])[] = [plain];
      for (let step = 1; step <= 40; step += 1) {
        const from = random(days);
        const to = random(3) === 0 ? null : from + 1 + random(days - from);
        const name = random(4) === 0 ? null : `name ${random(3)}`;
        await recordFacts({ ...ctx, clock: () => instant(step) }, [says(name, from, to)], origin);
        plain = plain.map((before, at) => (at >= from && (to === null || at < to) ? name : before));
        believed.push(plain);
      }
      for (let known = 0; known <= 40; known += 1)
        for (let at = 0; at < days; at += 1) {
          const [fact] = await factsHolding(
            ctx,
            { on: day(at), known: known === 40 ? null : instant(known) },
            { kinds: ['provider'] },
          );
          assert.equal(
            fact ? (fact.body as { readonly name: string }).name : null,
            believed[known]?.[at] ?? null,
            `day ${at}, known ${known}`,
          );
        }
    });
  });

  it('that say nothing new are not recorded again', async () => {
    await rolledBack(store.ctx, async (ctx) => {
      assert.equal((await recordFacts(ctx, [says('A', 0, null)], origin)).length, 1);
      assert.equal((await recordFacts(ctx, [says('A', 3, null), says('A', 0, 5)], origin)).length, 0);
      assert.equal((await recordFacts(ctx, [says(null, 0, null, '10000002')], origin)).length, 0);
      assert.equal((await factsEver(ctx, { ukprns: ['10000001', '10000002'] })).length, 1);
    });
  });

  it('are never overwritten or deleted, says the database itself', async () => {
    for (const change of [
      sql`update register.fact set body = '{}'`,
      sql`update register.fact set true_from = true_from - 1`,
      sql`update register.fact set recorded_from = recorded_from - interval '1 day'`,
      sql`update register.fact set ukprn = '10000003'`,
      sql`delete from register.fact`,
      sql`truncate register.fact`,
    ])
      await rolledBack(store.ctx, async (ctx) => {
        await recordFacts(ctx, [says('A', 0, null)], origin);
        await assert.rejects(change.execute(ctx.db), /never (?:overwritten|deleted)/);
      });
  });

  it('of one subject recorded by two at once follow one another', async () => {
    const record = (name: string) =>
      store.ctx.transaction((inside) => recordFacts(inside, [says(name, 0, null, '10000009')], origin));
    await Promise.all(['A', 'B', 'C', 'D'].map(record));
    const standing = await factsHolding(store.ctx, { on: day(1), known: null }, { subjects: ['10000009'] });
    assert.equal(standing.length, 1);
  });
});
