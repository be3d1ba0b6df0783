import type { InstanceRole } from '#kernel/actor.ts';
import type { Permission } from '#kernel/permission.ts';

const has = (role: InstanceRole): Permission['allows'] => {
  return (actor) => actor.kind === 'person' && actor.roles.includes(role);
};

/** People, organisations, roles, jobs, mail and the audit trail of the whole instance. */
export const administer: Permission = {
  name: 'accounts.administer',
  who: 'administrators of this instance',
  allows: has('administrator'),
};

/** Letting people into an organisation and out of it. Subject: `organisation`. */
export const leadOrganisation: Permission = {
  name: 'accounts.lead-organisation',
  who: 'leads of this organisation and administrators',
  allows: (actor, { organisation }) =>
    actor.kind === 'person' &&
    (actor.roles.includes('administrator') ||
      actor.memberships.some((one) => one.organisation === organisation && one.standing === 'lead')),
};

/** Seeing who belongs to an organisation. Subject: `organisation`. */
export const belongToOrganisation: Permission = {
  name: 'accounts.belong-to-organisation',
  who: 'members of this organisation and administrators',
  allows: (actor, { organisation }) =>
    actor.kind === 'person' &&
    (actor.roles.includes('administrator') || actor.memberships.some((one) => one.organisation === organisation)),
};
