/** What someone may do for the whole instance, beside what they may do for an organisation. */
export type InstanceRole = 'editor' | 'moderator' | 'assessor' | 'administrator';

export const instanceRoles: readonly InstanceRole[] = ['editor', 'moderator', 'assessor', 'administrator'];

export type OrganisationKind = 'provider' | 'awarding-organisation' | 'employer' | 'department';

export const organisationKinds: readonly OrganisationKind[] = [
  'provider',
  'awarding-organisation',
  'employer',
  'department',
];

/** A lead of an organisation lets others in and out; a member works for it. */
export type Standing = 'member' | 'lead';

export type Membership = {
  /** The organisation's id. */
  readonly organisation: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly standing: Standing;
};

export type Person = {
  readonly kind: 'person';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly InstanceRole[];
  readonly memberships: readonly Membership[];
  /** The organisation for whom they act now, one of their memberships; `null`: for themselves. */
  readonly actingFor: string | null;
};

/** Who acts. `system`: whoever runs the instance, by a command or a job, named so. */
export type Actor = { readonly kind: 'visitor' } | Person | { readonly kind: 'system'; readonly name: string };

export const visitor: Actor = { kind: 'visitor' };

/** Through which door an act came: a page, the API, a command, a job, or the making of the store. */
export type Door = 'page' | 'api' | 'command' | 'job' | 'start';

/** The provider that a person speaks for: the one they act for, or else their first; `null`: they belong to none. */
export const speaksFor = ({ memberships, actingFor }: Person): Membership | null =>
  memberships.find((held) => held.organisation === actingFor && held.kind === 'provider') ??
  memberships.find((held) => held.kind === 'provider') ??
  null;

/** The membership of a provider that a form was made for; `null`: they do not belong to it, or not any more. */
export const membershipOf = ({ memberships }: Person, organisation: string): Membership | null =>
  memberships.find((held) => held.organisation === organisation && held.kind === 'provider') ?? null;
