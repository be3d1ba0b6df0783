/** A page's template and, for the type checker, the model it is rendered with. */
export type View<Model extends object> = { readonly template: string; readonly model?: Model };

/** @param template path below `src/`, such as `capabilities/standards/pages/list/page.njk`. */
export const view = <Model extends object>(template: string): View<Model> => ({ template });

export type Crumb = { readonly text: string; readonly href: string };

/** What the shell needs to know of a page beside its own model. */
export type PageFrame = {
  /** The page's heading in words; the browser's title is made from it. */
  readonly title: string;
  /** From the home page down to this page's parent; left out: no breadcrumbs. */
  readonly crumbs?: readonly Crumb[];
  readonly status?: number;
  /** The form came back with something wrong: the browser's title says so first. */
  readonly faulty?: boolean;
  /** One sentence for search engines and for those who share the page. */
  readonly description?: string;
  /** The address that stands for this page where it has several, such as an older version's. */
  readonly canonicalPath?: string;
  /** What the page is about, for search engines: a JSON-LD object in the words of schema.org. */
  readonly linkedData?: object;
  /** Grids and queues take the full width. */
  readonly wide?: boolean;
};

/** Set HttpOnly, SameSite=Lax, for the whole site, and Secure behind TLS. */
export type CookieToSet = {
  readonly name: string;
  /** `null` takes the cookie away. */
  readonly value: string | null;
  /** Left out: until the browser is closed. */
  readonly maxAgeSeconds?: number;
};

export type Answer = (
  | { readonly kind: 'page'; readonly template: string; readonly model: object; readonly frame: PageFrame }
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly type: string;
      readonly body: string | Uint8Array;
      /** Shown in the browser rather than saved. */
      readonly inline?: boolean;
      /** In place of the ones that keep a file to this site and out of every cache. */
      readonly headers?: Readonly<Record<string, string>>;
    }
) & { readonly cookies?: readonly CookieToSet[] };

export const page = <Model extends object>(which: View<Model>, model: Model, frame: PageFrame): Answer => ({
  kind: 'page',
  template: which.template,
  model,
  frame,
});

/** After a form that was acted on: the browser fetches the next page with GET. */
export const redirect = (to: string, cookies: readonly CookieToSet[] = []): Answer => ({
  kind: 'redirect',
  to,
  cookies,
});
