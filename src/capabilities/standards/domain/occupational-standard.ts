/**
 * One version of an occupational standard, read from a record of the Skills England standards API
 * and made safe: plain text, codes by position, mappings that point at something.
 */

export type KsbKind = 'knowledge' | 'skill' | 'behaviour';

export type Ksb = {
  /** `K1`, `S4`, `B2`: its place in the standard's own list of that kind. Means nothing without the version. */
  readonly code: string;
  readonly kind: KsbKind;
  /** The record's own id; ids repeat across records, so unique only within this standard. */
  readonly id: string;
  /** Plain text. */
  readonly text: string;
  /** Belongs to the core: every claim on this standard requires it. */
  readonly core: boolean;
  /** Ids of the options it belongs to; a claim on one of them requires it too. */
  readonly options: readonly string[];
};

export type Duty = {
  /** `D1`, `D2`: its place in the list. */
  readonly code: string;
  readonly id: string;
  readonly text: string;
  /** Marked as a core duty in a core-and-options standard. */
  readonly core: boolean;
  /** Codes of the KSBs it maps to, in K, S, B order; mappings to deleted KSBs are left out. */
  readonly ksbs: readonly string[];
  /** Ids of the listed options it names; deleted options are left out. */
  readonly options: readonly string[];
};

export type StandardOption = { readonly id: string; readonly title: string };

export type OccupationalStandard = {
  /** `ST0127`. */
  readonly reference: string;
  /** `1.2`. */
  readonly version: string;
  readonly title: string;
  readonly level: number | null;
  /** Of the 15 routes, such as Digital. */
  readonly route: string | null;
  readonly occupationalPathway: string | null;
  readonly cluster: string | null;
  /** As the record says it: `Approved for delivery`, `Retired`. */
  readonly status: string | null;
  readonly coreAndOptions: boolean;
  readonly options: readonly StandardOption[];
  /** All K, then all S, then all B, each in the record's order. */
  readonly ksbs: readonly Ksb[];
  readonly duties: readonly Duty[];
  readonly overview: string;
  readonly summary: string;
  readonly typicalDurationMonths: number | null;
  readonly typicalJobTitles: readonly string[];
  readonly keywords: readonly string[];
  readonly larsCode: number | null;
  /** Addresses and dates as given; ISO dates (`2021-06-01`). */
  readonly pageUrl: string | null;
  readonly approvedForDelivery: string | null;
  readonly lastUpdated: string | null;
  readonly earliestStartDate: string | null;
  readonly latestStartDate: string | null;
  readonly latestEndDate: string | null;
};
