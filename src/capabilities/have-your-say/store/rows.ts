/** Row types of the schema `have_your_say`, made from the migrated database by `npm run rows`. Not for editing. */

export type EnquiryRow = {
  readonly id: string;
  readonly kind: string;
  readonly topic: string;
  readonly text: string;
  readonly address: string | null;
  readonly person: string | null;
  readonly made_at: Date;
  readonly due: string;
  readonly owner: string | null;
  readonly state: string;
  readonly answer: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly public_question: string | null;
  readonly public_answer: string | null;
  readonly page: string;
};

export type ReplyRow = {
  readonly id: string;
  readonly enquiry_id: string;
  readonly person: string | null;
  readonly provider: string;
  readonly text: string;
  readonly at: Date;
};

export type HaveYourSayTables = {
  'have_your_say.enquiry': EnquiryRow;
  'have_your_say.reply': ReplyRow;
};
