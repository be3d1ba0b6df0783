import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeWords, compareTexts, countChanges } from './compare-texts.ts';

test('two texts are compared word by word, and the count says what happened', () => {
  const runs = compareTexts('We met often in May', 'We met in June');
  assert.equal(runs.map((run) => (run.kind === 'added' ? '' : run.text)).join(''), 'We met often in May');
  assert.equal(runs.map((run) => (run.kind === 'removed' ? '' : run.text)).join(''), 'We met in June');
  const said = (before: string, after: string) => changeWords(countChanges(compareTexts(before, after)));
  assert.equal(said('a', 'a'), 'The words are the same.');
  assert.equal(said('a', 'a b'), '1 word added.');
  assert.equal(said('a b', 'a'), '1 word removed.');
  assert.equal(said('a b c', 'a'), '2 words removed.');
  assert.equal(said('a b c d', 'a x'), '1 word added, 3 removed.');
});
