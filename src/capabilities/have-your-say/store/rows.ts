/** Row types of the schema `have_your_say`, made from the migrated database by `npm run rows`. Not for editing. */

export type AnswerRow = {
  readonly id: string;
  readonly round_id: string;
  readonly version: number;
  readonly token_hash: string;
  readonly confirm_hash: string | null;
  readonly state: string;
  readonly given: unknown;
  readonly name: string;
  readonly organisation: string;
  readonly provider_kind: string;
  readonly region: string;
  readonly may_publish: boolean;
  readonly address: string | null;
  readonly address_hash: string | null;
  readonly person: string | null;
  readonly revision: number;
  readonly made_at: Date;
  readonly changed_at: Date;
  readonly sent_at: Date | null;
};

export type AnswerFileRow = {
  readonly id: string;
  readonly answer_id: string;
  readonly question: string;
  readonly name: string;
  readonly file_id: string;
  readonly type: string;
  readonly size: number;
  readonly at: Date;
};

export type CodeBookRow = {
  readonly round_id: string;
  readonly number: number;
  readonly themes: unknown;
  readonly note: string;
  readonly made_at: Date;
  readonly made_by: string | null;
};

export type DecisionRow = {
  readonly id: string;
  readonly round_id: string;
  readonly theme: string;
  readonly text: string;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly reference_title: string;
  readonly at: Date;
  readonly by: string | null;
};

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

export type ModerationRow = {
  readonly answer_id: string;
  readonly question: string;
  readonly how: string;
  readonly public_text: string;
  readonly reason: string;
  readonly at: Date;
  readonly by: string | null;
};

export type QuoteRow = {
  readonly id: string;
  readonly round_id: string;
  readonly answer_id: string;
  readonly question: string;
  readonly theme: string;
  readonly text: string;
  readonly at: Date;
};

export type ReadingRow = {
  readonly answer_id: string;
  readonly question: string;
  readonly part: string;
  readonly coder: string | null;
  readonly book: number;
  readonly themes: string[];
  readonly at: Date;
};

export type ReplyRow = {
  readonly id: string;
  readonly enquiry_id: string;
  readonly person: string | null;
  readonly provider: string;
  readonly text: string;
  readonly at: Date;
  readonly organisation: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly left_out: string | null;
};

export type RoundRow = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly purpose: string;
  readonly audience: string;
  readonly opens_at: Date | null;
  readonly closes_at: Date | null;
  readonly one_per_address: boolean;
  readonly address_key: Uint8Array | null;
  readonly draft: unknown;
  readonly revision: number;
  readonly version: number;
  readonly results_at: Date | null;
  readonly made_at: Date;
};

export type RoundVersionRow = {
  readonly round_id: string;
  readonly number: number;
  readonly questions: unknown;
  readonly note: string;
  readonly made_at: Date;
  readonly made_by: string | null;
};

export type SampleRow = {
  readonly round_id: string;
  readonly answer_id: string;
  readonly question: string;
};

export type HaveYourSayTables = {
  'have_your_say.answer': AnswerRow;
  'have_your_say.answer_file': AnswerFileRow;
  'have_your_say.code_book': CodeBookRow;
  'have_your_say.decision': DecisionRow;
  'have_your_say.enquiry': EnquiryRow;
  'have_your_say.moderation': ModerationRow;
  'have_your_say.quote': QuoteRow;
  'have_your_say.reading': ReadingRow;
  'have_your_say.reply': ReplyRow;
  'have_your_say.round': RoundRow;
  'have_your_say.round_version': RoundVersionRow;
  'have_your_say.sample': SampleRow;
};
