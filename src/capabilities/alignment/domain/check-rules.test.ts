import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkRules } from './check-rules.ts';

test('every kind of advice is told by exactly one rule', () => {
  const source = readFileSync(join(import.meta.dirname, 'advice.ts'), 'utf8');
  const codes = [...(source.match(/readonly code:\n([\s\S]*?);/)?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(
    (one) => one[1],
  );
  assert.ok(codes.length > 5);
  assert.deepEqual(checkRules.flatMap((rule) => rule.codes).toSorted(), codes.toSorted());
});
