import { createHash } from 'node:crypto';

export type RenderedPage = {
  readonly etag: string;
  readonly body: Buffer;
  /** Every header that it was first answered with, the protections among them. */
  readonly headers: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** What the world was when it was rendered. */
  readonly stamp: string;
};

export type PageCache = {
  /** The page as it is, rendered before, while nothing has changed since; `null`: it has to be rendered. */
  readonly find: (key: string) => Promise<RenderedPage | null>;
  /** The same without asking: `null` also where the stamp has to be asked for. */
  readonly findNow: (key: string) => RenderedPage | null;
  /** @param stamp as `stampNow` gave it before the page was rendered. */
  readonly keep: (key: string, html: string, headers: RenderedPage['headers'], stamp: string) => RenderedPage;
  readonly stampNow: () => Promise<string>;
  /** Something may have changed through this process: the stamp is asked for again before anything is shown. */
  readonly changed: () => void;
};

/** Milliseconds for which the stamp is taken to hold: what another process changes is seen after so long at most. */
const trustedMs = 500;
/** Pages kept; of about 30 kB each. */
const mostPages = 500;

/**
 * Pages that look the same to every visitor, rendered once: a page takes milliseconds to render and changes once a month.
 *
 * @param stamp is another word whenever something that pages show may have changed.
 */
export const makePageCache = (stamp: () => Promise<string>): PageCache => {
  const pages = new Map<string, RenderedPage>();
  let known: { readonly stamp: string; readonly at: number } | null = null;
  let generation = 0;
  const stampNow = async (): Promise<string> => {
    if (known && performance.now() - known.at < trustedMs) return known.stamp;
    const asked = generation;
    const at = performance.now();
    const now = await stamp();
    if (asked === generation) known = { stamp: now, at };
    return now;
  };
  return {
    stampNow,
    find: async (key) => {
      const page = pages.get(key);
      if (!page) return null;
      if (page.stamp === (await stampNow())) return page;
      pages.delete(key);
      return null;
    },
    findNow: (key) => {
      const page = pages.get(key);
      return page && known && page.stamp === known.stamp && performance.now() - known.at < trustedMs ? page : null;
    },
    keep: (key, html, headers, at) => {
      const body = Buffer.from(html);
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
      const page: RenderedPage = {
        etag,
        body,
        stamp: at,
        headers: {
          ...headers,
          etag,
          'cache-control': 'no-cache',
          vary: 'cookie',
          'content-type': 'text/html; charset=utf-8',
        },
      };
      pages.set(key, page);
      // A Map keeps its order: the first is the one that has been there the longest.
      const [oldest] = pages.keys();
      if (pages.size > mostPages && oldest !== undefined) pages.delete(oldest);
      return page;
    },
    changed: () => {
      generation += 1;
      known = null;
    },
  };
};
