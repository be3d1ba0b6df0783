import type { MarkFacts as RegisterFacts } from '#cap/register';

/** What the register says of one qualification, for one occupation, at one provider, on one day. */
export type MarkFacts = RegisterFacts & {
  /** The register holds the qualification or the provider no more: what else stands here is from what was issued once. */
  readonly isGone?: true;
};
