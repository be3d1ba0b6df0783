import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatChanged } from './standard-change.ts';

const version = (number: string, level = 4, status = 'Approved for delivery') => ({ version: number, level, status });

test('a newer approved version is a revision, one in development is nothing yet', () => {
  assert.equal(whatChanged(version('1.1'), [version('1.0')])?.what, 'revised');
  assert.equal(whatChanged(version('1.1', 4, 'In development'), [version('1.0')]), null);
});

test('another level is told as such, in a new version and in the same', () => {
  assert.equal(whatChanged(version('1.1', 5), [version('1.0')])?.what, 're-levelled');
  assert.equal(whatChanged(version('1.0', 5), [version('1.0')])?.what, 're-levelled');
});

test('the same version with other words is a correction', () => {
  assert.equal(whatChanged(version('1.0'), [version('1.0')])?.what, 'corrected');
});

test('what is retired counts when it was what stood', () => {
  assert.equal(whatChanged(version('1.0', 4, 'Retired'), [version('1.0')])?.what, 'retired');
  assert.equal(whatChanged(version('1.0', 4, 'Retired'), [version('1.1'), version('1.0')]), null);
  assert.equal(whatChanged(version('1.0', 4, 'Retired'), [version('1.0', 4, 'Retired')]), null);
});
