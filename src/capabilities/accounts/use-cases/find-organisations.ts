import type { Person } from '#kernel/actor.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import type { Member, Organisation } from '../domain/organisation.ts';
import { belongToOrganisation, leadOrganisation } from '../policy.ts';
import { type Invitation, openInvitations } from '../store/invitations.ts';
import { type JoinRequest, openJoinRequests, openJoinRequestsOf } from '../store/join-requests.ts';
import { findOrganisation, membersOf, searchOrganisations } from '../store/organisations.ts';

export { organisationNames } from '../store/organisations.ts';
export const findOrganisations = searchOrganisations;

export type OrganisationSeen = {
  readonly organisation: Organisation;
  /** `null` for those who do not belong to it. */
  readonly members: readonly Member[] | null;
  /** Empty for those who do not lead it. */
  readonly requests: readonly JoinRequest[];
  readonly invitations: readonly Invitation[];
  readonly leads: boolean;
  readonly belongs: boolean;
  readonly asked: boolean;
};

/** An organisation with what this person may see of it. */
export const seeOrganisation = async (ctx: Context, person: Person, id: string): Promise<OrganisationSeen | null> => {
  const organisation = await findOrganisation(ctx, id);
  if (!organisation) return null;
  const leads = isAllowed(ctx.actor, leadOrganisation, { organisation: id });
  const maySee = isAllowed(ctx.actor, belongToOrganisation, { organisation: id });
  return {
    organisation,
    members: maySee ? await membersOf(ctx, id) : null,
    requests: leads ? await openJoinRequests(ctx, id) : [],
    invitations: leads ? await openInvitations(ctx, id) : [],
    leads,
    belongs: person.memberships.some((one) => one.organisation === id),
    asked: (await openJoinRequestsOf(ctx, person.id)).includes(id),
  };
};
