export type Frequency = 'at-once' | 'daily' | 'weekly';

export const frequencies: readonly Frequency[] = ['at-once', 'daily', 'weekly'];

export const frequencyWords: Readonly<Record<Frequency, string>> = {
  'at-once': 'At once',
  daily: 'Once a day, when there is something new',
  weekly: 'Once a week, when there is something new',
};

export type Subscription = {
  readonly id: string;
  /** Confirms or ends it, and does nothing else. */
  readonly token: string;
  readonly address: string;
  /** The capability whose news it is of. */
  readonly list: string;
  /** What of the list, as the capability writes it. */
  readonly scope: string;
  /** The same for people: "changes to the page “Funding”". */
  readonly words: string;
  readonly frequency: Frequency;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
};

export const subscriptionPath = (token: string): string => `/subscriptions/${encodeURIComponent(token)}`;
export const unsubscribePath = (token: string): string => `${subscriptionPath(token)}/unsubscribe`;
