import { readStandard, standardsByReference } from '#cap/standards';
import type { Context } from '#platform/context.ts';

/** An occupation by its standard, as far as the standard is stored here. */
export type Occupation = {
  readonly reference: string;
  /** The reference where the standard is not stored. */
  readonly title: string;
  readonly level: number | null;
  /** One of the 15 routes; `null`: not known. */
  readonly route: string | null;
};

/** "Community network technician (ST9001)". */
export const occupationWords = ({ reference, title }: Occupation): string =>
  title === reference ? reference : `${title} (${reference})`;

/** Occupations by the references of their standards, of the newest version each: every reference has its answer. */
export const occupationsByReference = async (
  ctx: Context,
  references: readonly string[],
): Promise<(reference: string) => Occupation> => {
  const found = new Map<string, Occupation>();
  // The newest version comes first.
  for (const raw of await standardsByReference(ctx, [...new Set(references)])) {
    const read = readStandard(raw);
    if (read.kind === 'ok' && !found.has(read.value.reference)) {
      const { reference, title, level, route } = read.value;
      found.set(reference, { reference, title, level, route });
    }
  }
  return (reference) => found.get(reference) ?? { reference, title: reference, level: null, route: null };
};
