import { readStandard, standardsByReference } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import type { AskedStandard } from '../domain/read-parts.ts';

export type KnownStandard = AskedStandard & {
  readonly title: string;
  readonly textOf: ReadonlyMap<string, string>;
};

/**
 * What the standards here say of an occupation, in the version that is approved now.
 *
 * @param version another version of it; left out: the newest approved, or the newest.
 * @returns `null`: the standards here do not have it.
 */
export const askedStandard = async (
  ctx: Context,
  reference: string,
  version: string | null = null,
): Promise<KnownStandard | null> => {
  const all = (await standardsByReference(ctx, [reference])).flatMap((record) => {
    const read = readStandard(record);
    return read.kind === 'ok' ? [read.value] : [];
  });
  const found =
    (version !== null ? all.find((one) => one.version === version) : undefined) ??
    all.find((one) => /^approved/i.test(one.status ?? '')) ??
    all[0];
  if (!found) return null;
  return {
    version: found.version,
    title: found.title,
    route: found.route,
    codes: new Set(found.ksbs.map((one) => one.code)),
    textOf: new Map(found.ksbs.map((one) => [one.code, one.text])),
  };
};
