/** Row types of the schema `standards`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type EarlierRecordRow = {
  readonly id: Generated<number>;
  readonly reference: string;
  readonly version: string;
  readonly content_hash: string;
  readonly record: string;
  readonly changed_at: Date;
  readonly replaced_at: Date;
};

export type StandardVersionRow = {
  readonly reference: string;
  readonly version: string;
  readonly version_order: number[];
  readonly fictional: boolean;
  readonly title: string;
  readonly level: number | null;
  readonly route: string | null;
  readonly status: string | null;
  readonly core_and_options: boolean;
  readonly ksb_count: number;
  readonly duty_count: number;
  readonly search: string;
  readonly content_hash: string;
  readonly record: string;
  readonly imported_at: Date;
  readonly changed_at: Date;
};

export type StandardsTables = {
  'standards.earlier_record': EarlierRecordRow;
  'standards.standard_version': StandardVersionRow;
};
