import type { Context } from '#platform/context.ts';
import { cyclesPath, entryPath, occupationPath, providerPath, registerPath } from '../paths.ts';
import { factsHolding } from '../store/facts.ts';
import { asOfToday } from './read-register.ts';

/** Every page of the register that is worth finding. */
export const publicRegister = async (
  ctx: Context,
): Promise<readonly { readonly path: string; readonly changedAt: Date | null }[]> => {
  const facts = await factsHolding(ctx, asOfToday(ctx), { kinds: ['qualification', 'provider', 'approval'] });
  const occupations = new Set(facts.flatMap((one) => one.keys.occupation ?? []));
  return [
    { path: registerPath(), changedAt: null },
    { path: cyclesPath, changedAt: null },
    ...[...occupations].map((one) => ({ path: occupationPath(one), changedAt: null })),
    ...facts.flatMap((one) =>
      one.kind === 'qualification'
        ? [{ path: entryPath(one.subject), changedAt: one.recordedAt }]
        : one.kind === 'provider'
          ? [{ path: providerPath(one.subject), changedAt: one.recordedAt }]
          : [],
    ),
  ];
};
