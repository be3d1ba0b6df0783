import type { Permission } from '#kernel/permission.ts';

/** Writing, publishing and cancelling events, and seeing who comes. */
export const runEvents: Permission = {
  name: 'events.run',
  who: 'editors of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('editor'),
};
