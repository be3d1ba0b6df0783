/** What a page says at one time: its title, a sentence for lists, and Markdown. */
export type PageText = { readonly title: string; readonly summary: string; readonly body: string };

export type PageVersion = PageText & {
  readonly page: string;
  /** 0: never published, in the editor alone. */
  readonly number: number;
  /** Told to readers and subscribers; a minor one mends a word. */
  readonly major: boolean;
  readonly changeNote: string | null;
  readonly publishedAt: Date;
  /** Ids of people; `null`: it came with the toolkit. */
  readonly writtenBy: string | null;
  readonly checkedBy: string | null;
};

export type GuidePage = {
  readonly id: string;
  readonly topic: string;
  /** Its place in the guide: a smaller number comes earlier. */
  readonly place: number;
  /** Id of the person who looks after it; `null`: the administrators do. */
  readonly owner: string | null;
  /** Occupational routes that it is about; none: it is about all of them. */
  readonly routes: readonly string[];
  /** ISO date: past it, readers are told that nobody has looked the page through. */
  readonly reviewDue: string;
  /** `supersededBy`: the page that holds in its place; `null`: none does. */
  readonly withdrawn: { readonly at: Date; readonly reason: string; readonly supersededBy: string | null } | null;
  readonly current: PageVersion;
};

/** One person did both, since nobody else could: shown with the version. */
export const isOwnCheck = (version: PageVersion): boolean =>
  version.writtenBy !== null && version.writtenBy === version.checkedBy;
