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
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'page'; readonly page: string }
  /** One section of a page, by the address of its heading. */
  | { readonly kind: 'section'; readonly page: string; readonly section: string };

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

/** What a version changed, as far as someone may want to hear of it. */
export type PageChange = {
  readonly page: string;
  readonly topic: string;
  readonly routes: readonly string[];
  /** Addresses of the sections whose words changed, or that came or went. */
  readonly sections: ReadonlySet<string>;
};

export const covers = (scope: Scope, change: PageChange): boolean => {
  switch (scope.kind) {
    case 'guide':
      return true;
    case 'topic':
      return scope.topic === change.topic;
    case 'route':
      return change.routes.includes(scope.route);
    case 'page':
      return scope.page === change.page;
    case 'section':
      return scope.page === change.page && change.sections.has(scope.section);
  }
};
