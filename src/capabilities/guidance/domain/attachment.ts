export type AttachmentKind = 'image' | 'table' | 'document';

/** What was found out about a file when it came. */
export type AttachmentFacts = {
  /** Of a picture, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a table, its first row not counted. */
  readonly rows?: number;
  readonly pdf?: {
    readonly pages: number;
    readonly tagged: boolean;
    readonly language: string;
    readonly title: string;
    readonly realText: boolean;
    readonly author: string;
  };
};

/** What hangs on a page, as it was at one time. */
export type Attachment = {
  readonly id: string;
  readonly page: string;
  /** Its address: /guidance/PAGE/files/NAME, and `file:NAME` in the text. */
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly leftOut: boolean;
  readonly revision: AttachmentRevision;
};

export type AttachmentRevision = {
  readonly number: number;
  readonly title: string;
  readonly source: string;
  /** What a table's columns mean: a line each, "Column: meaning". */
  readonly columns: string;
  readonly file: string;
  readonly ending: string;
  readonly size: number;
  readonly type: string;
  readonly note: string;
  readonly facts: AttachmentFacts;
  readonly madeAt: Date;
};

/** "Column: meaning" lines as pairs, in the table's order of lines. */
export const columnMeanings = (lines: string): readonly { readonly column: string; readonly meaning: string }[] =>
  lines
    .split('\n')
    .map((line) => /^([^:]+):\s*(.+)$/.exec(line.trim()))
    .filter((found) => found !== null)
    .map(([, column = '', meaning = '']) => ({ column: column.trim(), meaning }));
