import type { OrganisationKind, Standing } from '#kernel/actor.ts';

export type Organisation = {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly ukprn: string | null;
  readonly providerType: string | null;
  readonly region: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly fictional: boolean;
  readonly source: string;
};

export type Member = {
  readonly person: string;
  readonly name: string;
  readonly address: string | null;
  readonly standing: Standing;
  readonly since: Date;
  readonly issuer: string | null;
};

export const kindWords: Readonly<Record<OrganisationKind, string>> = {
  provider: 'Provider',
  'awarding-organisation': 'Awarding organisation',
  employer: 'Employer',
  department: 'Department',
};
