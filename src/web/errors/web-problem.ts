/** What the edge turns into an error page. `detail` is a sentence for the reader; it never holds what they sent. */
export class WebProblem extends Error {
  override readonly name = 'WebProblem';
  readonly status: 400 | 403 | 404 | 409 | 413 | 429 | 500 | 503;
  readonly detail: string | null;

  constructor(status: WebProblem['status'], detail: string | null = null) {
    super(detail ?? `HTTP ${status}`);
    this.status = status;
    this.detail = detail;
  }
}

export const notFound = (detail: string | null = null): WebProblem => new WebProblem(404, detail);
