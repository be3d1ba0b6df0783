/** Row types of the schema `employers`, made from the migrated database by `npm run rows`. Not for editing. */

export type AskRow = {
  readonly id: string;
  readonly employer_id: string;
  readonly job_title: string;
  readonly occupation: string | null;
  readonly standard_version: string | null;
  readonly ksbs: string[];
  readonly route: string;
  readonly how_many: number | null;
  readonly town: string;
  readonly region: string;
  readonly asked_on: string;
  readonly source: string;
  readonly meeting_id: string | null;
  readonly made_at: Date;
  readonly revision: number;
};

export type ContactRow = {
  readonly id: string;
  readonly employer_id: string;
  readonly name: string;
  readonly role: string;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly consent: string | null;
  readonly consent_on: string | null;
  readonly consent_until: string | null;
  readonly may_share: boolean;
  readonly revision: number;
  readonly touched_at: Date;
};

export type EmployerRow = {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly key: string;
  readonly company_number: string | null;
  readonly size: string | null;
  readonly sector: string | null;
  readonly region: string | null;
  readonly town: string;
  readonly routes: string[];
  readonly occupations: string[];
  readonly offers: string[];
  readonly notes: string;
  readonly revision: number;
  readonly made_at: Date;
  readonly changed_at: Date;
};

export type EmployerAttendanceRow = {
  readonly organisation: string;
  readonly event_id: string;
  readonly typed: string;
  readonly employer_id: string | null;
  readonly occupations: string[];
  readonly decided_by: string | null;
  readonly decided_at: Date;
};

export type EvidenceMeasureRow = {
  readonly id: string;
  readonly organisation: string | null;
  readonly holds_from: string;
  readonly measure: unknown;
  readonly source: string;
  readonly set_by: string | null;
  readonly set_at: Date;
};

export type LetterRow = {
  readonly id: string;
  readonly organisation: string;
  readonly organisation_name: string;
  readonly employer_id: string;
  readonly contact_id: string | null;
  readonly occupations: string[];
  readonly draft: string;
  readonly amended: string | null;
  readonly state: string;
  readonly revision: number;
  readonly token: string;
  readonly sent_to: string | null;
  readonly sent_at: Date | null;
  readonly until: Date | null;
  readonly reason: string;
  readonly made_by: string | null;
  readonly made_at: Date;
};

export type LetterSignerRow = {
  readonly letter_id: string;
  readonly name: string;
  readonly role: string;
  readonly address: string;
  readonly key: Uint8Array;
};

export type MeetingRow = {
  readonly id: string;
  readonly employer_id: string;
  readonly held_on: string;
  readonly kind: string;
  readonly said: string;
  readonly occupations: string[];
  readonly confidential: boolean;
  readonly recorded_by: string | null;
  readonly recorded_at: Date;
  readonly revision: number;
};

export type MeetingContactRow = {
  readonly meeting_id: string;
  readonly contact_id: string;
};

export type NextStepRow = {
  readonly id: string;
  readonly employer_id: string;
  readonly what: string;
  readonly owner: string | null;
  readonly due: string;
  readonly done_at: Date | null;
  readonly made_at: Date;
  readonly revision: number;
};

export type SharingRow = {
  readonly id: string;
  readonly employer_id: string;
  readonly receiver: string;
  readonly employer_agreed_on: string;
  readonly offered_at: Date;
  readonly accepted_at: Date | null;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
};

export type SignedLetterRow = {
  readonly letter_id: string;
  readonly parts: unknown;
  readonly occupations: string[];
  readonly organisation_name: string;
  readonly employer_name: string;
  readonly signed_at: Date;
  readonly sha256: string;
  readonly signer_hash: string;
};

export type EmployersTables = {
  'employers.ask': AskRow;
  'employers.contact': ContactRow;
  'employers.employer': EmployerRow;
  'employers.employer_attendance': EmployerAttendanceRow;
  'employers.evidence_measure': EvidenceMeasureRow;
  'employers.letter': LetterRow;
  'employers.letter_signer': LetterSignerRow;
  'employers.meeting': MeetingRow;
  'employers.meeting_contact': MeetingContactRow;
  'employers.next_step': NextStepRow;
  'employers.sharing': SharingRow;
  'employers.signed_letter': SignedLetterRow;
};
