import assert from 'node:assert/strict';
import { test } from 'node:test';
import { criteriaAt } from '../use-cases/current-criteria.ts';
import { criteriaOn } from './approval-criteria.ts';

test('the edition in force is the last that began by then', () => {
  const edition = criteriaAt(new Date('2026-11-23'));
  const later = { ...edition, from: '2027-01-01', titleMustNotHold: ['kitemark'] };
  assert.deepEqual(criteriaOn([later, edition], '2026-12-31').titleMustNotHold, edition.titleMustNotHold);
  assert.deepEqual(criteriaOn([edition, later], '2027-01-01').titleMustNotHold, ['kitemark']);
  assert.deepEqual(criteriaOn([later], '2020-01-01').titleMustNotHold, ['kitemark']);
});

test('the toolkit’s own file has each fact with its source', () => {
  const edition = criteriaAt(new Date('2026-11-23'));
  assert.deepEqual(edition.standardLevels, [4, 5]);
  assert.ok(edition.titleMustNotHold.includes('HTQ'));
});
