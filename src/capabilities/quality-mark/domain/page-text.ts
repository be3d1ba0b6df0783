/** A page as it is checked: what it was written in no longer matters. */
export type PageBlock = {
  readonly text: string;
  readonly isHeading: boolean;
  /** Where it stands, in the author's terms: "line 12", "paragraph 3". */
  readonly place: string;
};

export type PageImage = {
  readonly src: string;
  readonly alt: string | null;
  readonly place: string;
  /** How many blocks of the page stand before it. */
  readonly after: number;
  /** The picture itself, where the file holds it. */
  readonly bytes: Uint8Array | null;
};

export type PageText = { readonly blocks: readonly PageBlock[]; readonly images: readonly PageImage[] };
