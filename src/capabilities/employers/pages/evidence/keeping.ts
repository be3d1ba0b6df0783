import type { Membership } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import type { Crumb } from '#web/answer.ts';
import { employersPath, evidencePath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { keepingFor } from '../../use-cases/keep-employers.ts';

/** The organisation whose evidence somebody works on: the one that they act for. */
export const keepingOf = (ctx: Context): Membership => {
  const [keeping] = ctx.actor.kind === 'person' ? keepingFor(ctx.actor) : [];
  if (!keeping) throw new NotAllowed(keepEmployers);
  return keeping;
};

export const employersCrumbs: readonly Crumb[] = [
  { text: 'Start', href: '/' },
  { text: 'Employers', href: employersPath },
];

export const evidenceCrumbs: readonly Crumb[] = [
  ...employersCrumbs,
  { text: 'Evidence of employers', href: evidencePath },
];

/** One of some values to choose from. */
export type Choice = {
  readonly value: string;
  readonly text: string;
  readonly hint: string;
  readonly chosen: boolean;
};
