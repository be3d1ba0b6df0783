/** Row types of the schema `guidance`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type AttachmentRow = {
  readonly id: string;
  readonly page_id: string;
  readonly name: string;
  readonly kind: string;
  readonly left_out: boolean;
};

export type AttachmentRevisionRow = {
  readonly attachment_id: string;
  readonly number: number;
  readonly file_id: string;
  readonly ending: string;
  readonly note: string;
  readonly facts: unknown;
  readonly made_at: Date;
  readonly made_by: string | null;
  readonly title: string;
  readonly source: string;
  readonly columns: string;
};

export type DraftRow = {
  readonly page_id: string;
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly major: boolean;
  readonly change_note: string;
  readonly state: string;
  readonly edited_by: string;
  readonly edited_at: Date;
  readonly publish_at: Date | null;
  readonly checked_by: string | null;
};

export type FactRow = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
};

export type FactValueRow = {
  readonly fact_id: string;
  readonly number: number;
  readonly value: string;
  readonly href: string | null;
  readonly note: string;
  readonly source: string;
  readonly holds_from: string;
  readonly holds_until: string | null;
  readonly written_by: string | null;
  readonly written_at: Date;
  readonly checked_by: string | null;
  readonly confirmed_at: Date | null;
};

export type FormatRequestRow = {
  readonly id: string;
  readonly page_id: string;
  readonly wanted: string;
  readonly details: string;
  readonly address: string;
  readonly made_at: Date;
  readonly due: string;
  readonly answered_at: Date | null;
  readonly answered_by: string | null;
  readonly answer: string | null;
  readonly file_id: string | null;
  readonly file_ending: string | null;
};

export type LinkCheckRow = {
  readonly address: string;
  readonly checked_at: Date;
  readonly outcome: string;
  readonly words: string;
  readonly since: Date;
};

export type MadeFormatRow = {
  readonly subject: string;
  readonly format: string;
  readonly source_hash: string;
  readonly file_id: string;
  readonly made_at: Date;
};

export type PageRow = {
  readonly id: string;
  readonly place: number;
  readonly topic: string;
  readonly review_due: string;
  readonly withdrawn_at: Date | null;
  readonly withdrawn_reason: string | null;
  readonly made_at: Date;
  readonly superseded_by: string | null;
  readonly owner: string | null;
  readonly routes: Generated<string[]>;
};

export type ReviewRow = {
  readonly page_id: string;
  readonly at: Date;
  readonly by: string;
  readonly next_due: string;
  readonly note: string;
};

export type ReviewReminderRow = {
  readonly page_id: string;
  readonly review_due: string;
  readonly step: number;
  readonly climbed: boolean;
  readonly sent_at: Date;
};

export type TakenOutRow = {
  readonly id: string;
  readonly page_id: string;
  readonly at: Date;
  readonly by_person: string | null;
  readonly reason: string;
  readonly versions: number;
};

export type VersionRow = {
  readonly page_id: string;
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly major: boolean;
  readonly change_note: string | null;
  readonly published_at: Date;
  readonly written_by: string | null;
  readonly checked_by: string | null;
};

export type VersionAttachmentRow = {
  readonly page_id: string;
  readonly number: number;
  readonly attachment_id: string;
  readonly revision: number;
};

export type GuidanceTables = {
  'guidance.attachment': AttachmentRow;
  'guidance.attachment_revision': AttachmentRevisionRow;
  'guidance.draft': DraftRow;
  'guidance.fact': FactRow;
  'guidance.fact_value': FactValueRow;
  'guidance.format_request': FormatRequestRow;
  'guidance.link_check': LinkCheckRow;
  'guidance.made_format': MadeFormatRow;
  'guidance.page': PageRow;
  'guidance.review': ReviewRow;
  'guidance.review_reminder': ReviewReminderRow;
  'guidance.taken_out': TakenOutRow;
  'guidance.version': VersionRow;
  'guidance.version_attachment': VersionAttachmentRow;
};
