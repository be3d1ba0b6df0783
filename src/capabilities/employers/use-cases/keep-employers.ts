import type { Membership, Person } from '#kernel/actor.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import type { Employer } from '../domain/employer.ts';
import { workOnEmployer } from '../policy.ts';
import { listEmployers } from '../store/employers.ts';

/** The memberships by which someone keeps employers: the one they act for first. */
export const keepingFor = (person: Person): readonly Membership[] =>
  person.memberships
    .filter((one) => isAllowed(person, workOnEmployer, { organisation: one.organisation }))
    .toSorted(
      (one, other) =>
        Number(other.organisation === person.actingFor) - Number(one.organisation === person.actingFor) ||
        one.name.localeCompare(other.name, 'en'),
    );

/** An organisation's employers, for its members; nobody else gets any. */
export const employersOf = async (ctx: Context, organisation: string): Promise<readonly Employer[]> =>
  isAllowed(ctx.actor, workOnEmployer, { organisation }) ? listEmployers(ctx, organisation) : [];
