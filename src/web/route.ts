import type { Context } from '#platform/context.ts';
import type { Answer } from './answer.ts';

/** Who may enter. `anyone`: no account, and nothing about the visitor is kept. */
export type Access = 'anyone';

export type UploadedFile = { readonly field: string; readonly name: string; readonly bytes: Uint8Array };

export type Form = {
  /** Fields in the order they were sent; a file field that was left empty is in neither list. */
  readonly fields: URLSearchParams;
  readonly files: readonly UploadedFile[];
};

export type PageRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was sent, parsed; an empty form when nothing was. Reading it twice gives the same. */
  readonly form: () => Promise<Form>;
};

export type Route = {
  /** GET changes nothing: scanners and prefetchers open links. */
  readonly method: 'GET' | 'POST';
  /** Fastify's pattern: `/standards/:reference`. */
  readonly path: string;
  readonly access: Access;
  /** The act's name in log and audit trail: `standards.list`. */
  readonly audit: string;
  /** Requests a minute from one network address; left out: unlimited. For what costs the server work. */
  readonly perMinute?: number;
  readonly handle: (request: PageRequest, ctx: Context) => Promise<Answer> | Answer;
};
