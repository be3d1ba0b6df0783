import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inlineWorkers, openWorkerPool } from '#platform/workers/pool.ts';
import { type CheckAnswer, heavyWork } from './heavy-work.ts';
import type { readQualificationInput } from './read-qualification-input.ts';

const record = {
  referenceNumber: 'ST0901',
  versionNumber: '1.0',
  title: 'Tester',
  level: 4,
  status: 'Approved for delivery',
  knowledges: [{ knowledgeId: 'a', detail: 'Knows' }],
};
const file = {
  title: 'Diploma',
  awardingOrganisation: 'Fictional Awards',
  level: 4,
  occupations: [{ standard: 'ST0901', version: '1.0' }],
  units: [{ code: 'U1', title: 'One', covers: { ST0901: ['K1'] } }],
};

it('answers the same on a thread as in this one, refusals included', async () => {
  const pool = openWorkerPool(1);
  try {
    const text = new TextEncoder().encode(JSON.stringify(file));
    const answers = [];
    for (const workers of [pool, inlineWorkers]) {
      const read = await workers.run<Awaited<ReturnType<typeof readQualificationInput>>>(
        heavyWork.readInput,
        [{ name: 'q.json', bytes: text }],
        20_000,
      );
      const noise = await workers.run(heavyWork.readInput, [{ name: 'x', bytes: Uint8Array.from([0]) }], 20_000);
      const check = (qualification: unknown) =>
        workers.run<CheckAnswer>(heavyWork.check, { qualification, records: [record], options: {} }, 20_000);
      answers.push([read, noise, await check(file), await check({ ...file, level: 6 })]);
    }
    assert.deepEqual(answers[0], answers[1]);
    const [, , good, wrong] = answers[0] ?? [];
    assert.equal(
      (good as CheckAnswer).kind === 'checked' && (good as { result: { verdict: string } }).result.verdict,
      'proved',
    );
    assert.deepEqual(wrong, { kind: 'wrong', problems: [{ path: 'level', message: 'found 6, expected 4 or 5' }] });
  } finally {
    await pool.close();
  }
});
