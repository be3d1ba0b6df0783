import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import themes from '../../../../data/practice-themes.json' with { type: 'json' };
import { planFromSteps } from '../domain/new-plan.ts';
import { orderOf } from '../domain/schedule.ts';
import { clawbackRule, deliveryStepsAt, fundingRules, referredFundingRule } from './reference-data.ts';

const root = join(import.meta.dirname, '../../../..');

describe('the steps of getting ready', () => {
  const { steps, unitStep } = deliveryStepsAt('2026-11-23');
  const ids = steps.map((one) => one.id);

  it('have ids of their own, and wait for steps that there are, in no circle', () => {
    assert.equal(new Set(ids).size, ids.length);
    for (const one of [...steps, unitStep])
      for (const before of one.after) assert.ok(ids.includes(before), `${one.title} waits for ${before}`);
    assert.equal(orderOf(steps.map((one) => ({ after: one.after.map((id) => ids.indexOf(id)) }))).kind, 'ordered');
  });

  it('rest on pages of the guidance and on themes of practice that there are', () => {
    const pages = new Set(
      readdirSync(join(root, 'content')).map((file) => file.replace(/^\d+-/, '').replace(/\.md$/, '')),
    );
    const known = new Set(
      JSON.stringify(themes)
        .match(/"id":"[^"]+"/g)
        ?.map((one) => one.slice(6, -1)),
    );
    for (const one of [...steps, unitStep]) {
      assert.ok(pages.has(one.guidance), `${one.title} rests on ${one.guidance}`);
      if (one.theme) assert.ok(known.has(one.theme), `${one.title} has the theme ${one.theme}`);
    }
  });

  it('can be kept two years ahead', () => {
    const tasks = planFromSteps(deliveryStepsAt('2026-11-23'), '2028-11-20', '2026-11-23');
    assert.ok(tasks.every((one) => one.starts >= '2026-11-23' && one.ends <= '2028-11-20'));
  });
});

it('every rule of funding has its place to be pointed at', () => {
  for (const { id, title } of fundingRules.routes) assert.equal(referredFundingRule(id)?.title, title);
  assert.ok(referredFundingRule('clawback'));
  assert.equal(referredFundingRule('made-up'), null);
  assert.equal(clawbackRule.shareThatIsEnough, 0.8);
});
