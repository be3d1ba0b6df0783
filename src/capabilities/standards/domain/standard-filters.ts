/** What a reader narrows the list of standards to. A part that is null or empty narrows nothing. */
export type StandardFilters = {
  /** As typed into a search box: words, "a phrase", -not, or. */
  readonly words: string | null;
  readonly route: string | null;
  readonly levels: readonly number[];
  readonly status: string | null;
  /** With core and options, or without. */
  readonly coreAndOptions: boolean | null;
  readonly fictional: boolean | null;
};

export const noFilters: StandardFilters = {
  words: null,
  route: null,
  levels: [],
  status: null,
  coreAndOptions: null,
  fictional: null,
};

/** A version of a standard as lists show it: what is stored beside the record. */
export type StandardInList = {
  readonly reference: string;
  readonly version: string;
  readonly title: string;
  readonly level: number | null;
  readonly route: string | null;
  readonly status: string | null;
  readonly coreAndOptions: boolean;
  readonly ksbCount: number;
  readonly dutyCount: number;
  readonly fictional: boolean;
  readonly importedAt: Date;
  readonly changedAt: Date;
};
