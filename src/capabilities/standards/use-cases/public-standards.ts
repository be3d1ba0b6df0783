import type { Context } from '#platform/context.ts';
import { standardPath, standardsPath } from '../paths.ts';
import { findAllVersions } from '../store/find-standards.ts';

/** Every standard's page, for the site map: one address each, whatever its versions. Fictional ones are not worth finding. */
export const publicStandards = async (
  ctx: Context,
): Promise<readonly { readonly path: string; readonly changedAt: Date | null }[]> => {
  const real = (await findAllVersions(ctx)).filter((one) => !one.fictional);
  return [
    { path: standardsPath(), changedAt: null },
    ...[...new Set(real.map((one) => one.reference))].map((reference) => ({
      path: standardPath(reference),
      changedAt: null,
    })),
  ];
};
