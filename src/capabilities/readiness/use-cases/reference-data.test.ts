import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import themes from '../../../../data/practice-themes.json' with { type: 'json' };
import { planFromSteps } from '../domain/new-plan.ts';
import { orderOf } from '../domain/schedule.ts';
import {
  clawbackRule,
  deliveryStepsAt,
  deliveryStepsFor,
  fundingRules,
  referredFundingRule,
  stepDifferences,
} from './reference-data.ts';

const root = join(import.meta.dirname, '../../../..');

describe('the steps of getting ready', () => {
  const common = deliveryStepsAt('2026-11-23');
  const planned = occupationalRoutes.flatMap((route) => [null, 4, 5].map((level) => ({ route, level })));
  const every = new Map(
    planned.flatMap((one) => deliveryStepsFor('2026-11-23', one).steps.map((step) => [step.id, step] as const)),
  );
  const { unitStep } = common;
  const steps = [...every.values()];

  it('have ids of their own, and wait for steps that there are, in no circle, for every route and level', () => {
    assert.equal(new Set(common.steps.map((one) => one.id)).size, common.steps.length);
    for (const one of planned) {
      const { steps: here } = deliveryStepsFor('2026-11-23', one);
      const ids = here.map((step) => step.id);
      assert.equal(new Set(ids).size, ids.length, one.route);
      for (const step of [...here, unitStep])
        for (const before of step.after)
          assert.ok(ids.includes(before), `${one.route}: ${step.title} waits for ${before}`);
      assert.equal(orderOf(here.map((step) => ({ after: step.after.map((id) => ids.indexOf(id)) }))).kind, 'ordered');
    }
  });

  it('differ only for routes and from steps that there are', () => {
    const ids = new Set(common.steps.map((one) => one.id));
    for (const one of planned)
      for (const { routes, drops, changes, adds } of stepDifferences('2026-11-23', one)) {
        assert.ok(
          routes.every((route) => (occupationalRoutes as readonly string[]).includes(route)),
          routes.join(),
        );
        for (const id of [...drops, ...changes.map((change) => change.step)]) assert.ok(ids.has(id), id);
        for (const { id, source } of adds) {
          assert.ok(!ids.has(id), id);
          assert.match(source, /Suggestion of the toolkit’s authors/);
        }
      }
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
    const tasks = planFromSteps(common, '2028-11-20', '2026-11-23');
    assert.ok(tasks.every((one) => one.starts >= '2026-11-23' && one.ends <= '2028-11-20'));
  });
});

it('every rule of funding has its place to be pointed at', () => {
  for (const { id, title } of fundingRules.routes) assert.equal(referredFundingRule(id)?.title, title);
  assert.ok(referredFundingRule('clawback'));
  assert.equal(referredFundingRule('made-up'), null);
  assert.equal(clawbackRule.shareThatIsEnough, 0.8);
});
