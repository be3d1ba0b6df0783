import { ukprnOf } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { type MarkOfProvider, marksOfProvider } from './settle-marks.ts';

/** What each of a person's providers may use the mark for today. */
export const marksForPerson = async (
  ctx: Context,
  person: Person,
): Promise<readonly { readonly name: string; readonly marks: readonly MarkOfProvider[] }[]> => {
  const all = [];
  for (const one of person.memberships.filter((each) => each.kind === 'provider')) {
    const ukprn = await ukprnOf(ctx, one.organisation);
    all.push({ name: one.name, marks: ukprn === null ? [] : await marksOfProvider(ctx, ukprn) });
  }
  return all;
};
