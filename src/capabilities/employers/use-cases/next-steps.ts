import { demand } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { workOnEmployer } from '../policy.ts';
import { listOpenSteps, type OpenStep } from '../store/next-steps.ts';

export type { OpenStep } from '../store/next-steps.ts';

/** All open steps in an organisation's records, the earliest first. @throws NotAllowed for whoever does not belong to it. */
export const openStepsOf = async (ctx: Context, organisation: string): Promise<readonly OpenStep[]> => {
  demand(ctx.actor, workOnEmployer, { organisation });
  return listOpenSteps(ctx, organisation);
};
