import type { Reference, Referred } from '#kernel/reference.ts';
import type { Context } from './context.ts';

/** Who owns what is pointed at, and who points. Made in `main/references.ts`, which alone knows every capability. */
export type References = {
  /** The title and address that its owner gives it; `null`: there is no such thing, or nobody owns the kind. */
  readonly find: (ctx: Context, reference: Reference) => Promise<Referred | null>;
  /** Whatever points at it, so that both sides show the link. */
  readonly pointingAt: (ctx: Context, reference: Reference) => Promise<readonly Referred[]>;
};
