import type { Person } from '#kernel/actor.ts';
import type { Permission } from '#kernel/permission.ts';

/** Loading the official artwork, and what signs. */
export const administerMark: Permission = {
  name: 'quality-mark.administer',
  who: 'administrators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('administrator'),
};

/** Accepting terms and taking the mark: for people who belong to a provider. Whether to this one is asked of the offer. */
export const useMark: Permission = {
  name: 'quality-mark.use',
  who: 'people who belong to a provider',
  allows: (actor) => actor.kind === 'person' && actor.memberships.some((one) => one.kind === 'provider'),
};

/** Whether someone may accept terms for a provider: its leads speak for it. */
export const speaksFor = (person: Person, organisation: string): boolean =>
  person.memberships.some((one) => one.organisation === organisation && one.standing === 'lead');

export const belongsTo = (person: Person, organisation: string): boolean =>
  person.memberships.some((one) => one.organisation === organisation);
