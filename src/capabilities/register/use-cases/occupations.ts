import { listStandardTitles } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import type { Body } from '../domain/fact.ts';
import { factsEver, factsHolding, ofKind } from '../store/facts.ts';

/** Whether the standards here hold this occupation. */
export const placesHeld = async (ctx: Context, reference: string): Promise<boolean> =>
  (await ctx.references.find(ctx, { kind: 'standard', id: reference })) !== null;

/** The occupation's title by the standards, else by the approvals that named it; `null`: nobody knows it. */
export const occupationTitle = async (ctx: Context, reference: string): Promise<string | null> => {
  const standard = await ctx.references.find(ctx, { kind: 'standard', id: reference });
  if (standard) return standard.title.replace(`${reference} `, '');
  const last = ofKind(await factsEver(ctx, { kinds: ['approval'], occupations: [reference] }), 'approval').at(-1);
  return last ? (last.body as Body<'approval'>).occupationTitle : null;
};

/** Every occupation that anything was ever approved for, or that a standard here describes, by reference. */
export const knownOccupations = async (
  ctx: Context,
): Promise<readonly { readonly reference: string; readonly title: string }[]> => {
  const approvals = ofKind(await factsEver(ctx, { kinds: ['approval'] }), 'approval');
  const titles = new Map((await listStandardTitles(ctx)).map((one) => [one.reference, one.title]));
  for (const { keys, body } of approvals)
    if (body && !titles.has(keys.occupation ?? '')) titles.set(keys.occupation ?? '', body.occupationTitle);
  return [...titles]
    .map(([reference, title]) => ({ reference, title }))
    .toSorted((a, b) => a.reference.localeCompare(b.reference));
};

/** Every occupation that something is approved for on a day, by reference. */
export const registerOccupations = async (
  ctx: Context,
  on: string,
): Promise<readonly { readonly reference: string; readonly title: string }[]> => {
  const approvals = ofKind(await factsHolding(ctx, { on, known: null }, { kinds: ['approval'] }), 'approval');
  const titles = new Map(approvals.map((one) => [one.keys.occupation ?? '', one.body.occupationTitle]));
  return [...titles]
    .map(([reference, title]) => ({ reference, title }))
    .toSorted((a, b) => a.reference.localeCompare(b.reference));
};
