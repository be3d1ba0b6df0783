import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedName, employerKey } from './employer-name.ts';

test('a name is compared without what people leave out', () => {
  for (const name of [
    'Fenwick Networks Ltd',
    'FENWICK  NETWORKS',
    'The Fenwick Networks Group',
    'Fénwick Networks (UK) plc.',
  ])
    assert.equal(comparedName(name), 'fenwick networks', name);
  assert.equal(comparedName('Marsh & Co'), 'marsh and');
  assert.equal(comparedName('Smith’s Bakery'), comparedName("Smith's Bakery"));
  assert.notEqual(comparedName('Fenwick Networks'), comparedName('Fenwick Network Services'));
});

test('a name of nothing but such words keeps them', () => {
  assert.equal(comparedName('The Company Ltd'), 'the company ltd');
});

test('the same name in another town is another record', () => {
  assert.equal(
    employerKey({ name: 'Fenwick Networks Ltd', town: 'Northfield' }),
    employerKey({ name: 'fenwick networks', town: 'northfield ' }),
  );
  assert.notEqual(
    employerKey({ name: 'Fenwick Networks', town: 'Northfield' }),
    employerKey({ name: 'Fenwick Networks', town: 'Southgate' }),
  );
});
