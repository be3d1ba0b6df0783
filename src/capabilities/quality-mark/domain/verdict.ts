import { dayWords } from '#kernel/london-time.ts';

/** What a credential says, as far as it could be read: shown whatever the verdict. */
export type Said = {
  /** The credential's own address. */
  readonly id: string | null;
  readonly qualification: string | null;
  readonly occupation: string | null;
  readonly provider: string | null;
  /** ISO instants. */
  readonly firstTeach: string | null;
  readonly issuedAt: string | null;
  readonly issuer: string;
  readonly issuerName: string | null;
};

/**
 * What was found. `valid` is said only when everything was asked and answered: the signature, the days, and whether it still
 * stands. Whatever could not be had makes it `not-known`.
 */
export type Verdict =
  | { readonly kind: 'valid'; readonly said: Said; readonly asked: string }
  | {
      readonly kind: 'ended';
      readonly said: Said;
      readonly why: 'withdrawn' | 'replaced' | 'key' | 'revoked' | 'expired';
      readonly on: string | null;
    }
  | { readonly kind: 'not-yet'; readonly said: Said; readonly from: string }
  | { readonly kind: 'altered'; readonly said: Said; readonly words: string }
  | { readonly kind: 'not-known'; readonly said: Said; readonly genuine: boolean; readonly words: string }
  | { readonly kind: 'unreadable'; readonly words: string };

/** Whether what a credential says may be told as a fact: it was signed by whom it names. Otherwise it only claims it. */
export const isGenuine = (verdict: Verdict): boolean =>
  verdict.kind === 'valid' ||
  verdict.kind === 'not-yet' ||
  (verdict.kind === 'ended' && verdict.why !== 'key') ||
  (verdict.kind === 'not-known' && verdict.genuine);

/** The verdict in a sentence; the details come after it. */
export const verdictSentence = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'valid':
      return verdict.said.firstTeach !== null && Date.parse(verdict.said.firstTeach) > Date.parse(verdict.asked)
        ? `This credential is genuine and holds today. It is taught as an HTQ from ${dayWords(verdict.said.firstTeach)} on, not before.`
        : 'This credential is genuine and holds today.';
    case 'ended':
      switch (verdict.why) {
        case 'withdrawn':
        case 'revoked':
          return 'This credential is genuine, and it no longer holds: it was withdrawn.';
        case 'replaced':
          return 'This credential is genuine, and a newer one has taken its place.';
        case 'key':
          return 'This credential no longer holds: the key that signed it is not trusted any more.';
        case 'expired':
          return 'This credential is genuine, and its time is over.';
      }
      break;
    case 'not-yet':
      return 'This credential is genuine, and does not hold yet.';
    case 'altered':
      return 'This credential is not genuine.';
    case 'not-known':
      return verdict.genuine
        ? 'The signature is genuine. Whether the credential still holds is not known.'
        : 'Whether this credential is genuine is not known.';
    case 'unreadable':
      return 'No credential could be read.';
  }
  throw new Error('A verdict without a sentence');
};
