import { demand } from '#kernel/permission.ts';
import type { Problem } from '#kernel/problem.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type ProviderRow, readProviderFile } from '../domain/provider-file.ts';
import { administer } from '../policy.ts';
import { addProviders, changeProvider, providersByUkprn } from '../store/providers.ts';

export type ProviderImport = {
  readonly added: number;
  readonly changed: readonly { readonly ukprn: string; readonly before: string; readonly after: string }[];
  readonly same: number;
  readonly unused: readonly string[];
  readonly problems: readonly Problem[];
};

const facts = ({ name, providerType, region, town, postcode }: Omit<ProviderRow, 'ukprn'>): string =>
  [name, providerType, region, town, postcode].map((one) => one ?? '').join(' · ');

/**
 * Takes in a file of providers, by UKPRN: adds those that are new, changes those that differ, and leaves alone what
 * the file does not name. All of it or, with anything wrong, nothing.
 *
 * @param table the file's rows, the headers first.
 * @param source what the file is called, kept with each provider.
 * @param dry says what would happen, and writes nothing.
 */
export const importProviders = (
  ctx: Context,
  table: readonly (readonly string[])[],
  source: string,
  dry: boolean,
): Promise<ProviderImport> => {
  demand(ctx.actor, administer);
  const { rows, unused, problems } = readProviderFile(table);
  return ctx.transaction(async (inside) => {
    const there = await providersByUkprn(inside);
    const fresh = rows.filter((row) => !there.has(row.ukprn));
    const differ = rows.flatMap((row) => {
      const before = there.get(row.ukprn);
      return before && facts(before) !== facts(row) ? [{ row, before }] : [];
    });
    const report: ProviderImport = {
      added: fresh.length,
      changed: differ.map(({ row, before }) => ({ ukprn: row.ukprn, before: facts(before), after: facts(row) })),
      same: rows.length - fresh.length - differ.length,
      unused,
      problems,
    };
    if (dry || problems.length > 0 || fresh.length + differ.length === 0) return report;
    await addProviders(inside, fresh, source);
    for (const { row, before } of differ) await changeProvider(inside, before.id, row, source);
    await recordAct(inside, {
      name: 'accounts.providers-imported',
      after: { source, added: fresh.length, changed: differ.length, same: report.same },
    });
    return report;
  });
};
