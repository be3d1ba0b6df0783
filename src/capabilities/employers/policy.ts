import type { OrganisationKind } from '#kernel/actor.ts';
import type { Permission } from '#kernel/permission.ts';

/** Who keeps records of employers: those who teach, and those who award. */
const keepers: readonly OrganisationKind[] = ['provider', 'awarding-organisation'];

export const mayKeep = (kind: OrganisationKind): boolean => keepers.includes(kind);

/** Keeping employers: who belongs to a provider or an awarding organisation. Whose a record is, is asked of the record itself. */
export const keepEmployers: Permission = {
  name: 'employers.keep',
  who: 'people who belong to a provider or an awarding organisation',
  allows: (actor) => actor.kind === 'person' && actor.memberships.some((one) => mayKeep(one.kind)),
};

/** A record's own organisation. Subject: `organisation`. */
export const workOnEmployer: Permission = {
  name: 'employers.work-on',
  who: 'members of the organisation that keeps the record',
  allows: (actor, { organisation }) =>
    actor.kind === 'person' && actor.memberships.some((one) => one.organisation === organisation && mayKeep(one.kind)),
};

/** What every organisation's evidence is measured against, unless it sets its own. */
export const setInstanceMeasure: Permission = {
  name: 'employers.set-instance-measure',
  who: 'administrators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('administrator'),
};

/** Setting numbers: for an organisation's own records, or for the whole instance. */
export const enterMeasure: Permission = {
  name: 'employers.measure',
  who: 'people who belong to a provider or an awarding organisation, and administrators',
  allows: (actor, subject) => keepEmployers.allows(actor, subject) || setInstanceMeasure.allows(actor, subject),
};
