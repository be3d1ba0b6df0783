/**
 * The answer of an act that may be refused for a reason its caller must handle.
 * A broken invariant is thrown instead; a Result is for what can happen in ordinary use.
 */
export type Result<Value, Refusal> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const ok = <Value>(value: Value): Result<Value, never> => ({ kind: 'ok', value });

export const refused = <Refusal>(refusal: Refusal): Result<never, Refusal> => ({ kind: 'refused', refusal });
