import type { Entitlement } from './entitlement.ts';

/** What a drawn mark shows. What stands is shown as it stands; what does not says so in the picture. */
export type MarkState =
  | { readonly kind: 'standing' }
  | { readonly kind: 'before-first-teach'; readonly firstTeach: string }
  | { readonly kind: 'withdrawn'; readonly on: string }
  | { readonly kind: 'not-in-use' };

export const markStateOf = (entitlement: Entitlement): MarkState => {
  if (entitlement.kind === 'entitled')
    return entitlement.wording.kind === 'taught' ? { kind: 'standing' } : entitlement.wording;
  const withdrawn = entitlement.hindrances.find((one) => one.kind === 'withdrawn');
  return withdrawn ? { kind: 'withdrawn', on: withdrawn.on } : { kind: 'not-in-use' };
};
