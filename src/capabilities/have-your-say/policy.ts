import type { Permission } from '#kernel/permission.ts';

/** Answering what people ask: whoever writes the guidance or decides on what is sent in. */
export const answerEnquiries: Permission = {
  name: 'have-your-say.answer',
  who: 'editors and moderators of this instance',
  allows: (actor) => actor.kind === 'person' && (actor.roles.includes('editor') || actor.roles.includes('moderator')),
};

/** Answering what other providers want to know. */
export const replyToWanted: Permission = {
  name: 'have-your-say.reply',
  who: 'people who belong to a provider',
  allows: (actor) => actor.kind === 'person' && actor.memberships.some((one) => one.kind === 'provider'),
};

/** Making rounds, and deciding on what they brought. */
export const manageRounds: Permission = {
  name: 'have-your-say.rounds',
  who: 'editors of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('editor'),
};

/** Reading answers as they were given, moderating and coding them. */
export const readAnswers: Permission = {
  name: 'have-your-say.read',
  who: 'editors and moderators of this instance',
  allows: (actor) => actor.kind === 'person' && (actor.roles.includes('editor') || actor.roles.includes('moderator')),
};
