create schema accounts;

-- Someone who can sign in. Deleting an account empties the row and keeps the id, which others' records rest on.
create table accounts.person (
  id uuid primary key,
  address text unique,
  name text,
  made_at timestamptz not null,
  seen_at timestamptz,
  deleted_at timestamptz,
  check (deleted_at is null or (address is null and name is null))
);

-- A person as an OpenID Connect issuer knows them.
create table accounts.identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null references accounts.person,
  made_at timestamptz not null,
  primary key (issuer, subject)
);
create index identity_by_person on accounts.identity (person_id);

create table accounts.organisation (
  id uuid primary key,
  kind text not null check (kind in ('provider', 'awarding-organisation', 'employer', 'department')),
  name text not null check (name <> ''),
  ukprn text unique check (ukprn ~ '^[1-9][0-9]{7}$'),
  provider_type text,
  region text,
  town text,
  postcode text,
  fictional boolean not null,
  -- Where its facts come from: a file, an issuer, a person's own words.
  source text not null,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index organisation_by_name on accounts.organisation (lower(name));

create table accounts.membership (
  person_id uuid not null references accounts.person,
  organisation_id uuid not null references accounts.organisation,
  standing text not null check (standing in ('member', 'lead')),
  -- The issuer that asserts it, and takes it away when it no longer does; null: given here.
  issuer text,
  since timestamptz not null,
  primary key (person_id, organisation_id)
);
create index membership_by_organisation on accounts.membership (organisation_id);

create table accounts.instance_role (
  person_id uuid not null references accounts.person,
  role text not null check (role in ('editor', 'moderator', 'assessor', 'administrator')),
  since timestamptz not null,
  primary key (person_id, role)
);

-- A wish to join, until the organisation's lead has decided.
create table accounts.join_request (
  id uuid primary key,
  person_id uuid not null references accounts.person,
  organisation_id uuid not null references accounts.organisation,
  words text not null,
  made_at timestamptz not null,
  decided_at timestamptz,
  decision text check (decision in ('let-in', 'declined', 'withdrawn'))
);
create unique index join_request_open on accounts.join_request (person_id, organisation_id) where decided_at is null;

create table accounts.invitation (
  id uuid primary key,
  token_hash text not null unique,
  address text,
  -- Either into an organisation, or to a role of the instance.
  organisation_id uuid references accounts.organisation,
  standing text check (standing in ('member', 'lead')),
  role text check (role in ('editor', 'moderator', 'assessor', 'administrator')),
  invited_by uuid references accounts.person,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ending text check (ending in ('accepted', 'withdrawn')),
  check ((organisation_id is null) = (standing is null)),
  check ((organisation_id is null) <> (role is null))
);
create index invitation_by_organisation on accounts.invitation (organisation_id);

-- A sign-in that was begun with an address. The code is hashed with a secret that only the browser's cookie holds.
create table accounts.sign_in (
  id uuid primary key,
  address text not null,
  code_hash text not null,
  link_hash text not null unique,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  guesses integer not null default 0,
  used_at timestamptz
);
create index sign_in_by_address on accounts.sign_in (address, made_at);

create table accounts.session (
  id uuid primary key,
  token_hash text not null unique,
  person_id uuid not null references accounts.person,
  acting_for uuid references accounts.organisation,
  -- How they signed in: mail, an issuer's id, or example.
  by text not null,
  browser text not null,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index session_by_person on accounts.session (person_id);

-- Settings of the instance as dated data: what held when, and who set it.
create table accounts.setting (
  name text not null,
  value text not null,
  holds_from timestamptz not null,
  set_by text not null,
  primary key (name, holds_from)
);
