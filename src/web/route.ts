import type { Permission } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import type { Answer } from './answer.ts';

/**
 * Who may enter. `anyone`: no account, and nothing about the visitor is kept. A permission is asked about the
 * parameters of the address; whoever is not signed in is led to the sign-in page.
 */
export type Access = 'anyone' | Permission;

export type UploadedFile = { readonly field: string; readonly name: string; readonly bytes: Uint8Array };

/** Files of one request, bytes of each, and bytes of all of them together. */
export type UploadLimits = { readonly files: number; readonly each: number; readonly all: number };

export type Form = {
  /** Fields in the order they were sent; a file field that was left empty is in neither list. */
  readonly fields: URLSearchParams;
  readonly files: readonly UploadedFile[];
};

export type PageRequest = {
  /** The address without its query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was sent, parsed; an empty form when nothing was. Reading it twice gives the same. */
  readonly form: () => Promise<Form>;
  readonly cookies: Readonly<Record<string, string>>;
  /** The session that the request came in, by its id; `null` for a visitor. */
  readonly session: string | null;
  /** Where it came from, for limits on what one network may try. Never stored as it is. */
  readonly network: string;
  /** What the browser calls itself; empty when it does not say. */
  readonly browser: string;
  /** The socket, the host and the headers say that whoever asks sits at this very machine. */
  readonly atThisMachine: boolean;
};

export type Route = {
  /** GET changes nothing: scanners and prefetchers open links. */
  readonly method: 'GET' | 'POST';
  /** Fastify's pattern: `/standards/:reference`. */
  readonly path: string;
  readonly access: Access;
  /** The act's name in log and audit trail: `standards.list`. */
  readonly audit: string;
  /**
   * Every visitor sees the same page at this address: it is rendered once, and again when something has changed.
   * Signed-in people have it rendered for them, and so has an address with a query.
   */
  readonly sameForAll?: true;
  /** Requests a minute from one network address; left out: unlimited. For what costs the server work. */
  readonly perMinute?: number;
  /** What a form may bring in files; left out: four of up to 5 MB. */
  readonly uploads?: UploadLimits;
  readonly handle: (request: PageRequest, ctx: Context) => Promise<Answer> | Answer;
};
