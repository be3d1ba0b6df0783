import type { Permission } from '#kernel/permission.ts';

/** Writing, checking, publishing and withdrawing pages of the guide. */
export const edit: Permission = {
  name: 'guidance.edit',
  who: 'editors of this instance',
  allows: (actor) => actor.kind === 'person' && actor.roles.includes('editor'),
};
