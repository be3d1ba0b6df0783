/** What of the guide someone wants to hear of, as a subscription keeps it: `guide`, `topic:Funding`, `section:funding#for-learners`. */
export type Scope =
  | { readonly kind: 'guide' }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'page'; readonly page: string }
  /** One section of a page, by the address of its heading. */
  | { readonly kind: 'section'; readonly page: string; readonly section: string };

export const scopeText = (scope: Scope): string => {
  switch (scope.kind) {
    case 'guide':
      return 'guide';
    case 'topic':
      return `topic:${scope.topic}`;
    case 'route':
      return `route:${scope.route}`;
    case 'page':
      return `page:${scope.page}`;
    case 'section':
      return `section:${scope.page}#${scope.section}`;
  }
};

/** @returns `null` for what is no scope of the guide. */
export const readScope = (text: string): Scope | null => {
  if (text === 'guide') return { kind: 'guide' };
  const at = text.indexOf(':');
  const rest = text.slice(at + 1);
  switch (at === -1 ? '' : text.slice(0, at)) {
    case 'topic':
      return { kind: 'topic', topic: rest };
    case 'route':
      return { kind: 'route', route: rest };
    case 'page':
      return { kind: 'page', page: rest };
    case 'section': {
      const [page = '', section = ''] = rest.split('#');
      return { kind: 'section', page, section };
    }
    default:
      return null;
  }
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
