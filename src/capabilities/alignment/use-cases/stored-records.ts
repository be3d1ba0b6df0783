import * as standards from '#cap/standards';
import type { Context } from '#platform/context.ts';

type StandardsByReference = (ctx: Context, references: readonly string[]) => Promise<readonly unknown[]>;

/** Records of all stored versions of these standards. */
export const storedRecords: StandardsByReference = async (ctx, references) => {
  const door: Readonly<Record<string, unknown>> = standards;
  const query = door.standardsByReference as StandardsByReference | undefined;
  if (!query) throw new Error('The standards offer no query by reference yet');
  return query(ctx, references);
};
