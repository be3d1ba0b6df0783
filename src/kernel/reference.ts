/** Points at a thing that another capability owns: `{ kind: 'check-rule', id: 'levels' }`. The owner knows what it is called. */
export type Reference = { readonly kind: string; readonly id: string };

/** What a reference leads to. */
export type Referred = { readonly title: string; readonly href: string };
