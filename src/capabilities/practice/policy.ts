import type { Permission } from '#kernel/permission.ts';

/** Deciding on what was sent in. Nobody decides on their own organisation's: that is asked of the example. */
export const moderate: Permission = {
  name: 'practice.moderate',
  who: 'moderators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('moderator'),
};

/** Saying how it went: for people who belong to a provider. */
export const sayTried: Permission = {
  name: 'practice.say-tried',
  who: 'people who belong to a provider',
  allows: (actor) => actor.kind === 'person' && actor.memberships.some((one) => one.kind === 'provider'),
};

/** Putting examples together, and seeing what was useful to readers. */
export const curate: Permission = {
  name: 'practice.curate',
  who: 'editors of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('editor'),
};

/** Writing down what a provider told elsewhere: in a survey, a webinar, a focus group or an application to a fund. */
export const writeForOthers: Permission = {
  name: 'practice.write-for-others',
  who: 'editors and moderators of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.some((role) => role === 'editor' || role === 'moderator'),
};
