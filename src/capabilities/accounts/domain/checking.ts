/**
 * Whether a second person must check what someone made before it counts: publishing, moderation, the register.
 * `required`: always. `where-possible`: the same person may, where nobody else holds the role that checks; it is then
 * recorded and shown that one person did both.
 */
export type Checking = 'required' | 'where-possible';

export const checkings: readonly Checking[] = ['required', 'where-possible'];

export type CheckedBy =
  /** Someone else: nothing more to say. */
  | { readonly kind: 'second-person' }
  /** The same person, since nobody else could: named and shown. */
  | { readonly kind: 'same-person' }
  | { readonly kind: 'refused'; readonly reason: 'needs-second-person' | 'others-can' };

/** @param others how many other people hold the role that checks. */
export const mayCheck = (checking: Checking, maker: string, checker: string, others: number): CheckedBy => {
  if (maker !== checker) return { kind: 'second-person' };
  if (checking === 'required') return { kind: 'refused', reason: 'needs-second-person' };
  return others > 0 ? { kind: 'refused', reason: 'others-can' } : { kind: 'same-person' };
};
