import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentVersion, isApproved } from './standard-versions.ts';

test('the newest approved version stands for a standard', () => {
  const versions = ['In development', ' approved for Delivery ', 'Approved for delivery'].map((status) => ({ status }));
  assert.equal(currentVersion(versions), versions[1]);
});

test('the newest does where none is approved', () => {
  const versions = [{ status: null }, { status: 'Retired' }];
  assert.equal(currentVersion(versions), versions[0]);
  assert.equal(currentVersion([]), null);
});

test('only the feed’s own words count as approved', () => {
  assert.equal(isApproved('Approved for delivery'), true);
  assert.equal(isApproved('Proposal in development'), false);
  assert.equal(isApproved(null), false);
});
