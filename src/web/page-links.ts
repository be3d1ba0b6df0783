/** Page numbers as govuk-frontend's pagination takes them. */
export type PageLinks = {
  readonly previous: { readonly href: string } | false;
  readonly next: { readonly href: string } | false;
  readonly items: readonly (
    | { readonly number: number; readonly href: string; readonly current: boolean }
    | { readonly ellipsis: true }
  )[];
};

/** First, last, this page and its neighbours; an ellipsis for two pages or more between. One page: no links. */
export const pageLinks = (page: number, pages: number, href: (page: number) => string): PageLinks | null => {
  if (pages < 2) return null;
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((one) => one >= 1 && one <= pages);
  const items: PageLinks['items'][number][] = [];
  let last = 0;
  for (const number of shown) {
    if (number - last === 2) items.push({ number: last + 1, href: href(last + 1), current: false });
    else if (number - last > 2) items.push({ ellipsis: true });
    items.push({ number, href: href(number), current: number === page });
    last = number;
  }
  return {
    previous: page > 1 && { href: href(page - 1) },
    next: page < pages && { href: href(page + 1) },
    items,
  };
};
