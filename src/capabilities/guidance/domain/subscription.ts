export type Frequency = 'at-once' | 'daily' | 'weekly';

export const frequencies: readonly Frequency[] = ['at-once', 'daily', 'weekly'];

export const frequencyWords: Readonly<Record<Frequency, string>> = {
  'at-once': 'At once',
  daily: 'Once a day, when something changed',
  weekly: 'Once a week, when something changed',
};

/** What someone wants to hear of. */
export type Scope =
  | { readonly kind: 'guide' }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'page'; readonly page: string };

export type Subscription = {
  readonly id: string;
  /** Confirms or ends it, and does nothing else. */
  readonly token: string;
  readonly address: string;
  readonly scope: Scope;
  readonly frequency: Frequency;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
};

export const covers = (scope: Scope, page: { readonly id: string; readonly topic: string }): boolean =>
  scope.kind === 'guide' || (scope.kind === 'topic' ? scope.topic === page.topic : scope.page === page.id);
