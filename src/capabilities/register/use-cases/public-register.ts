import type { Context } from '#platform/context.ts';
import { cyclesPath, entryPath, occupationPath, providerPath, registerPath } from '../paths.ts';
import { factsHolding, ofKind } from '../store/facts.ts';
import { asOfToday } from './read-register.ts';

/** Every page of the register that is worth finding: fictional entries are not. */
export const publicRegister = async (
  ctx: Context,
): Promise<readonly { readonly path: string; readonly changedAt: Date | null }[]> => {
  const facts = await factsHolding(ctx, asOfToday(ctx), { kinds: ['qualification', 'provider', 'approval'] });
  const qualifications = ofKind(facts, 'qualification').filter((one) => !one.body.fictional);
  const real = new Set(qualifications.map((one) => one.subject));
  const occupations = new Set(
    ofKind(facts, 'approval').flatMap((one) =>
      real.has(one.keys.qualification ?? '') ? (one.keys.occupation ?? []) : [],
    ),
  );
  return [
    { path: registerPath(), changedAt: null },
    { path: cyclesPath, changedAt: null },
    ...[...occupations].map((one) => ({ path: occupationPath(one), changedAt: null })),
    ...qualifications.map((one) => ({ path: entryPath(one.subject), changedAt: one.recordedAt })),
    ...ofKind(facts, 'provider').map((one) => ({ path: providerPath(one.subject), changedAt: one.recordedAt })),
  ];
};
