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

export type EmployersTables = {
  'employers.ask': AskRow;
  'employers.contact': ContactRow;
  'employers.employer': EmployerRow;
  'employers.meeting': MeetingRow;
  'employers.meeting_contact': MeetingContactRow;
  'employers.next_step': NextStepRow;
  'employers.sharing': SharingRow;
};
