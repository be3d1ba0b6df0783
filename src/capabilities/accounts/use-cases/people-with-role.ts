import type { InstanceRole } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { findPerson, holdersOf } from '../store/people.ts';

export type PersonWithRole = { readonly id: string; readonly name: string; readonly address: string | null };

/** Who holds a role of the instance, by name: whom a capability may give work to, and whom it reminds. */
export const peopleWithRole = async (ctx: Context, role: InstanceRole): Promise<readonly PersonWithRole[]> => {
  const found: PersonWithRole[] = [];
  for (const id of await holdersOf(ctx, role)) {
    const person = await findPerson(ctx, id);
    if (person) found.push({ id, name: person.name ?? person.address ?? '', address: person.address });
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name));
};
