/** Row types of the schema `quality_mark`, made from the migrated database by `npm run rows`. Not for editing. */

export type AcceptanceRow = {
  readonly id: string;
  readonly ukprn: string;
  readonly terms: string;
  readonly name: string;
  readonly role: string;
  readonly person: string | null;
  readonly organisation: string;
  readonly accepted_at: Date;
};

export type ArtworkRow = {
  readonly guideline_id: string;
  readonly scheme: string;
  readonly file_id: string;
};

export type CredentialRow = {
  readonly id: string;
  readonly offer: string;
  readonly occupation: string;
  readonly qualification: string;
  readonly ukprn: string;
  readonly signing_key: string;
  readonly status_list: number;
  readonly status_index: number;
  readonly statement: unknown;
  readonly signed: string;
  readonly issued_at: Date;
  readonly revoked_at: Date | null;
  readonly revoked_for: string | null;
};

export type GuidelineRow = {
  readonly id: string;
  readonly settings: unknown;
  readonly loaded_at: Date;
  readonly loaded_by: string | null;
  readonly checked_at: Date | null;
  readonly checked_by: string | null;
  readonly same_person: boolean | null;
  readonly refused_at: Date | null;
  readonly document_id: string | null;
};

export type SigningKeyRow = {
  readonly id: string;
  readonly public_key: string;
  readonly sealed: Uint8Array | null;
  readonly made_at: Date;
  readonly retired_at: Date | null;
  readonly disowned_at: Date | null;
};

export type QualityMarkTables = {
  'quality_mark.acceptance': AcceptanceRow;
  'quality_mark.artwork': ArtworkRow;
  'quality_mark.credential': CredentialRow;
  'quality_mark.guideline': GuidelineRow;
  'quality_mark.signing_key': SigningKeyRow;
};
