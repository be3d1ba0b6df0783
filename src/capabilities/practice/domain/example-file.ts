/** A file that belongs to an example. */
export type ExampleFile = {
  readonly id: string;
  readonly example: string;
  readonly title: string;
  /** Where its bytes are kept. */
  readonly file: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly facts: FileFacts;
  /** Why a moderator holds it back; `null`: readers have it. */
  readonly heldBack: string | null;
};

/** What was found out about a file when it came. */
export type FileFacts = {
  /** Of a picture, in pixels. */
  readonly width?: number;
  readonly height?: number;
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

/** Files of one example: what a reader looks through, and a moderator can read. */
export const mostFiles = 10;
/** Bytes of one file: a presentation with its pictures. */
export const mostBytesEach = 10 * 1024 * 1024;
/** Bytes of all files of one example. */
export const mostBytes = 25 * 1024 * 1024;

/** Characters of a file's title. */
export const longestTitle = 120;
