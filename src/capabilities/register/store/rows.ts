/** Row types of the schema `register`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type CaseFileRow = {
  readonly id: string;
  readonly qualification: string;
  readonly occupation: string;
  readonly cause: string;
  readonly words: string;
  readonly about: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly outcome: string;
};

export type CaseLetterRow = {
  readonly id: string;
  readonly case_id: string;
  readonly to_whom: string;
  readonly subject: string;
  readonly text: string;
  readonly made_at: Date;
  readonly made_by: string | null;
  readonly mailed_to: string;
};

export type CaseStepRow = {
  readonly case_id: string;
  readonly place: number;
  readonly title: string;
  readonly due: string;
  readonly owner: string | null;
  readonly done_at: Date | null;
  readonly done_by: string | null;
  readonly note: string;
  readonly act: string | null;
};

export type FactRow = {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly subject: string;
  readonly qualification: string | null;
  readonly occupation: string | null;
  readonly ukprn: string | null;
  readonly body: unknown;
  readonly words: string;
  readonly true_from: string;
  readonly true_to: string;
  readonly recorded_from: Date;
  readonly recorded_to: Date;
  readonly source: string;
  readonly retrieved_on: string;
};

export type FoundRow = {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly level: number;
  readonly route: string | null;
  readonly awarding_organisation: string;
  readonly occupations: string[];
  readonly ukprns: string[];
  readonly regions: string[];
  readonly towns: string[];
  readonly modes: string[];
  readonly first_teach: string | null;
  readonly offers: number;
  readonly words: string;
  readonly head: string;
  readonly number: string;
  readonly occupation_titles: string[];
  readonly fictional: boolean;
  readonly unconfirmed: number;
};

export type LoadedFileRow = {
  readonly id: string;
  readonly name: string;
  readonly file_id: string;
  readonly source: string;
  readonly as_at: string | null;
  readonly confirmed_by: string | null;
  readonly state: string;
  readonly loaded_at: Date;
  readonly loaded_by: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly outcome: string;
};

export type NatureRow = {
  readonly holds_from: Date;
  readonly kind: string;
  readonly copy_of: string | null;
  readonly as_at: string | null;
  readonly set_by: string;
};

export type ProposalRow = {
  readonly id: string;
  readonly words: string;
  readonly assertions: unknown;
  readonly reason: string;
  readonly made_by: string | null;
  readonly made_at: Date;
  readonly state: string;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly one_person: boolean;
  readonly note: string;
};

export type StandingRow = {
  readonly only_one: Generated<boolean>;
  readonly made_for: string;
  readonly entries: number;
  readonly approved: number;
  readonly routes: string[];
  readonly levels: number[];
  readonly regions: string[];
};

export type UnmatchedRow = {
  readonly id: string;
  readonly provider: string;
  readonly postcode: string;
  readonly qualification: string;
  readonly row_number: number;
  readonly source: string;
  readonly as_at: string;
  readonly made_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly decision: string | null;
  readonly ukprn: string | null;
  readonly entry: string | null;
  readonly confirmed_by: string | null;
};

export type RegisterTables = {
  'register.case_file': CaseFileRow;
  'register.case_letter': CaseLetterRow;
  'register.case_step': CaseStepRow;
  'register.fact': FactRow;
  'register.found': FoundRow;
  'register.loaded_file': LoadedFileRow;
  'register.nature': NatureRow;
  'register.proposal': ProposalRow;
  'register.standing': StandingRow;
  'register.unmatched': UnmatchedRow;
};
