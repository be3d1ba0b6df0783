/** Row types of the schema `practice`, made from the migrated database by `npm run rows`. Not for editing. */

export type CollectedRow = {
  readonly collection_id: string;
  readonly example_id: string;
  readonly place: number;
};

export type CollectionRow = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly words: string;
  readonly revision: number;
  readonly made_by: string | null;
  readonly made_at: Date;
  readonly changed_at: Date;
  readonly published_at: Date | null;
};

export type ExampleRow = {
  readonly id: string;
  readonly token: string;
  readonly state: string;
  readonly text: unknown;
  readonly origin: string;
  readonly organisation: string | null;
  readonly person: string | null;
  readonly address: string | null;
  readonly revision: number;
  readonly made_at: Date;
  readonly sent_at: Date | null;
  readonly published_at: Date | null;
  readonly note: string;
  readonly decided_by: string | null;
  readonly review_due: string | null;
  readonly reminders: number;
  readonly confirm_hash: string | null;
};

export type ExampleFileRow = {
  readonly id: string;
  readonly example_id: string;
  readonly title: string;
  readonly file_id: string;
  readonly type: string;
  readonly ending: string;
  readonly size: number;
  readonly facts: unknown;
  readonly at: Date;
  readonly held_back: string | null;
};

export type ModerationReminderRow = {
  readonly example_id: string;
  readonly answer_by: string;
  readonly step: number;
};

export type RedactionRow = {
  readonly example_id: string;
  readonly at: Date;
  readonly by: string | null;
  readonly reason: string;
  readonly before: unknown;
  readonly after: unknown | null;
};

export type StatementRow = {
  readonly id: string;
  readonly organisation: string;
  readonly provider: string;
  readonly text: string;
  readonly approver: string;
  readonly approver_role: string;
  readonly person: string | null;
  readonly made_at: Date;
  readonly ends_on: string;
  readonly withdrawn_at: Date | null;
  readonly reminded: boolean;
};

export type TriedRow = {
  readonly id: string;
  readonly example_id: string;
  readonly person: string | null;
  readonly organisation: string;
  readonly provider: string;
  readonly outcome: string;
  readonly cost: string;
  readonly text: string;
  readonly at: Date;
  readonly does_it: boolean;
  readonly left_out: string | null;
  readonly left_out_by: string | null;
};

export type UsefulnessRow = {
  readonly form_id: string;
  readonly example_id: string;
  readonly month: string;
  readonly useful: boolean;
};

export type PracticeTables = {
  'practice.collected': CollectedRow;
  'practice.collection': CollectionRow;
  'practice.example': ExampleRow;
  'practice.example_file': ExampleFileRow;
  'practice.moderation_reminder': ModerationReminderRow;
  'practice.redaction': RedactionRow;
  'practice.statement': StatementRow;
  'practice.tried': TriedRow;
  'practice.usefulness': UsefulnessRow;
};
