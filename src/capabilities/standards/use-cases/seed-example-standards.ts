import { join } from 'node:path';
import type { Context } from '#platform/context.ts';
import { importStandards } from './import-standards.ts';
import { findSources } from './standard-sources.ts';

const folder = join(import.meta.dirname, '../../../../examples/standards');

/** Imports the fictional standards that come with the toolkit, through the same door as real ones. */
export const seedExampleStandards = async (ctx: Context): Promise<void> => {
  const signal = new AbortController().signal;
  const report = await importStandards(ctx, await findSources(folder, folder, signal), () => {}, signal);
  if (report.refused.length > 0)
    throw new Error(`The toolkit's own examples were refused: ${JSON.stringify(report.refused)}`);
};
