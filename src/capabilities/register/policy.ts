import type { Permission } from '#kernel/permission.ts';

/** Entering in the register, and looking at what others want to enter. */
export const keepRegister: Permission = {
  name: 'register.keep',
  who: 'editors of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('editor'),
};

/** Saying whether the register is the source or a copy. */
export const setNature: Permission = {
  name: 'register.set-nature',
  who: 'administrators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('administrator'),
};

/** Bringing in a whole file, after reading what it would change. */
export const bringInFiles: Permission = {
  name: 'register.bring-in-files',
  who: 'administrators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('administrator'),
};

/** Confirming that a provider may deliver: for the awarding organisation itself. Which one is asked of the entry. */
export const confirmOffers: Permission = {
  name: 'register.confirm-offers',
  who: 'people who belong to the awarding organisation, and editors',
  allows: (actor) =>
    actor.kind === 'person' &&
    (actor.roles.includes('editor') || actor.memberships.some((one) => one.kind === 'awarding-organisation')),
};
