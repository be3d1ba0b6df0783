import type { Entitlement } from './entitlement.ts';

/** What a drawn mark shows. What stands is shown as it stands; what does not says so in the picture. */
export type MarkState =
  | { readonly kind: 'standing' }
  | { readonly kind: 'before-first-teach'; readonly firstTeach: string }
  | { readonly kind: 'withdrawn'; readonly on: string }
  | { readonly kind: 'not-in-use' };

/** What guidance shows of each state but the standing one, with dates of its own. @param on ISO date. */
export const sampleStates = (on: string) => {
  const year = Number(on.slice(0, 4));
  return {
    'first-teach': { kind: 'before-first-teach', firstTeach: `${year + 1}-09-01` },
    withdrawn: { kind: 'withdrawn', on: `${year - 1}-03-31` },
    'not-in-use': { kind: 'not-in-use' },
  } as const satisfies Readonly<Record<string, MarkState>>;
};

export const markStateOf = (entitlement: Entitlement): MarkState => {
  if (entitlement.kind === 'entitled')
    return entitlement.wording.kind === 'taught' ? { kind: 'standing' } : entitlement.wording;
  const withdrawn = entitlement.hindrances.find((one) => one.kind === 'withdrawn');
  return withdrawn ? { kind: 'withdrawn', on: withdrawn.on } : { kind: 'not-in-use' };
};
