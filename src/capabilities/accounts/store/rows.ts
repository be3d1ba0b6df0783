/** Row types of the schema `accounts`, made from the migrated database by `npm run rows`. Not for editing. */

import type { Generated } from 'kysely';

export type IdentityRow = {
  readonly issuer: string;
  readonly subject: string;
  readonly person_id: string;
  readonly made_at: Date;
};

export type InstanceRoleRow = {
  readonly person_id: string;
  readonly role: string;
  readonly since: Date;
};

export type InvitationRow = {
  readonly id: string;
  readonly token_hash: string;
  readonly address: string | null;
  readonly organisation_id: string | null;
  readonly standing: string | null;
  readonly role: string | null;
  readonly invited_by: string | null;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly ending: string | null;
};

export type JoinRequestRow = {
  readonly id: string;
  readonly person_id: string;
  readonly organisation_id: string;
  readonly words: string;
  readonly made_at: Date;
  readonly decided_at: Date | null;
  readonly decision: string | null;
};

export type MembershipRow = {
  readonly person_id: string;
  readonly organisation_id: string;
  readonly standing: string;
  readonly issuer: string | null;
  readonly since: Date;
};

export type OrganisationRow = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly ukprn: string | null;
  readonly provider_type: string | null;
  readonly region: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly fictional: boolean;
  readonly source: string;
  readonly made_at: Date;
  readonly changed_at: Date;
};

export type PersonRow = {
  readonly id: string;
  readonly address: string | null;
  readonly name: string | null;
  readonly made_at: Date;
  readonly seen_at: Date | null;
  readonly deleted_at: Date | null;
};

export type SessionRow = {
  readonly id: string;
  readonly token_hash: string;
  readonly person_id: string;
  readonly acting_for: string | null;
  readonly by: string;
  readonly browser: string;
  readonly made_at: Date;
  readonly seen_at: Date;
  readonly ended_at: Date | null;
};

export type SettingRow = {
  readonly name: string;
  readonly value: string;
  readonly holds_from: Date;
  readonly set_by: string;
};

export type SignInRow = {
  readonly id: string;
  readonly address: string;
  readonly code_hash: string;
  readonly link_hash: string;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly guesses: Generated<number>;
  readonly used_at: Date | null;
};

export type AccountsTables = {
  'accounts.identity': IdentityRow;
  'accounts.instance_role': InstanceRoleRow;
  'accounts.invitation': InvitationRow;
  'accounts.join_request': JoinRequestRow;
  'accounts.membership': MembershipRow;
  'accounts.organisation': OrganisationRow;
  'accounts.person': PersonRow;
  'accounts.session': SessionRow;
  'accounts.setting': SettingRow;
  'accounts.sign_in': SignInRow;
};
