/** Row types of the schema `platform`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type ActRow = {
  readonly id: string;
  readonly number: Generated<number>;
  readonly at: Date;
  readonly name: string;
  readonly door: string;
  readonly actor_kind: string;
  readonly actor: string | null;
  readonly for_organisation: string | null;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly before: unknown | null;
  readonly after: unknown | null;
  readonly personal: unknown | null;
};

export type ActBatchRow = {
  readonly batch: number;
  readonly acts: number;
  readonly hash: string;
  readonly previous_hash: string;
  readonly sealed_at: Date;
};

export type ActPersonalRow = {
  readonly act_id: string;
  readonly name: string;
  readonly value: string;
  readonly key: Uint8Array;
  readonly person: string | null;
};

export type ActSealedRow = {
  readonly act_id: string;
  readonly batch: number;
  readonly place: number;
};

export type FileRow = {
  readonly id: string;
  readonly type: string;
  readonly sha256: string;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly made_at: Date;
};

export type JobProgressRow = {
  readonly job_id: string;
  readonly done: number;
  readonly total: number | null;
  readonly words: string;
  readonly at: Date;
};

export type MailRow = {
  readonly id: string;
  readonly name: string;
  readonly person: string | null;
  readonly to_address: string;
  readonly to_name: string | null;
  readonly subject: string;
  readonly body: unknown | null;
  readonly state: string;
  readonly tries: Generated<number>;
  readonly problem: string | null;
  readonly made_at: Date;
  readonly tried_at: Date | null;
  readonly sent_at: Date | null;
  readonly unsubscribe: string | null;
  readonly calendar: unknown | null;
};

export type SearchEntryRow = {
  readonly kind: string;
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly codes: string[];
  readonly route: string | null;
  readonly level: number | null;
  readonly changed_at: Date;
  readonly words: string;
};

export type SearchWordRow = {
  readonly word: string;
};

export type StoreKindRow = {
  readonly kind: string;
  readonly made_at: Date;
  readonly only_row: Generated<boolean>;
};

export type SubscriptionRow = {
  readonly id: string;
  readonly token: string;
  readonly address: string;
  readonly list: string;
  readonly scope: string;
  readonly words: string;
  readonly frequency: string;
  readonly made_at: Date;
  readonly confirmed_at: Date | null;
  readonly ended_at: Date | null;
};

export type ToldRow = {
  readonly address: string;
  readonly list: string;
  readonly news: string;
  readonly told_at: Date;
};

export type PlatformTables = {
  'platform.act': ActRow;
  'platform.act_batch': ActBatchRow;
  'platform.act_personal': ActPersonalRow;
  'platform.act_sealed': ActSealedRow;
  'platform.file': FileRow;
  'platform.job_progress': JobProgressRow;
  'platform.mail': MailRow;
  'platform.search_entry': SearchEntryRow;
  'platform.search_word': SearchWordRow;
  'platform.store_kind': StoreKindRow;
  'platform.subscription': SubscriptionRow;
  'platform.told': ToldRow;
};
