/** Why a provider offers HTQs, in its own words. */
export type Statement = {
  readonly id: string;
  readonly organisation: string;
  readonly provider: string;
  readonly text: string;
  /** Who approved it for the provider, and is named with it. */
  readonly approver: string;
  readonly approverRole: string;
  /** Who brought it here; `null`: they have deleted their account. */
  readonly person: string | null;
  readonly madeAt: Date;
  /** ISO: the last day on which it is shown. */
  readonly endsOn: string;
};

/** Years for which a provider can agree at once: longer, and nobody remembers having agreed. */
export const mostYears = 3;

/** Characters of who approved it, and of what they are at the provider. */
export const longestName = 120;

/** Characters of why a moderator takes one out. */
export const longestReason = 500;

/** Characters: a statement is read, not studied. */
export const longestStatement = 2000;
