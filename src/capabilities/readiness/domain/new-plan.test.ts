import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DeliverySteps } from './delivery-steps.ts';
import { unitTasks } from './new-plan.ts';

const steps = {
  unitStep: {
    strand: 'curriculum',
    title: 'Prepare {unit}',
    why: '',
    who: '',
    weeks: 4,
    after: ['design'],
    endsBefore: 2,
    guidance: '',
    once: false,
    source: '',
  },
} as unknown as DeliverySteps;

it('a unit is named as its qualification names it, whatever signs are in it', () => {
  const [task] = unitTasks(steps, [{ code: 'U1', title: "Costs $& benefits $' $1" }], () => 'id', []);
  assert.equal(task?.title, "Prepare U1 Costs $& benefits $' $1");
});
