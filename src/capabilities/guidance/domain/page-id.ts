import { slugOf } from '#kernel/slug.ts';

/** Addresses below /guidance that no page can have. */
const taken: ReadonlySet<string> = new Set([
  'desk',
  'facts',
  'format-requests',
  'new-fact',
  'new-page',
  'subscribe',
  'updates',
  'updates.atom',
  'whole',
]);

/** Characters: an address is read out and typed. */
const longest = 60;

/** The address of a page from its title; `null`: it has no letters, or the address stands for something else. */
export const pageIdOf = (title: string): string | null => {
  const id = slugOf(title).slice(0, longest).replace(/-+$/, '');
  return id === '' || taken.has(id) ? null : id;
};
