create schema quality_mark;

-- Keys that credentials are signed with. A retired one goes on verifying what it signed; its secret part is gone.
create table quality_mark.signing_key (
  -- The fragment of the key's address.
  id text primary key,
  public_key text not null,
  -- The secret part, sealed under the operator's secret (platform/credentials/signing-key.ts).
  sealed bytea,
  made_at timestamptz not null,
  retired_at timestamptz,
  -- Somebody else may have had it: nothing that it signed counts any more.
  disowned_at timestamptz
);
-- One key signs at a time.
create unique index one_signing_key on quality_mark.signing_key ((true)) where retired_at is null;

-- Who accepted the terms of the mark for a provider.
create table quality_mark.acceptance (
  id uuid primary key,
  ukprn text not null,
  terms text not null,
  -- As they signed: shown with the acceptance for as long as it holds.
  name text not null,
  role text not null,
  person uuid references accounts.person,
  organisation uuid not null references accounts.organisation,
  accepted_at timestamptz not null,
  unique (ukprn, terms)
);

-- Credentials for an offer and one of its occupations.
create table quality_mark.credential (
  id uuid primary key,
  offer text not null,
  occupation text not null,
  -- The entry of the register.
  qualification text not null,
  ukprn text not null,
  signing_key text not null references quality_mark.signing_key,
  status_list integer not null,
  status_index integer not null,
  -- What it states, of the shape of domain/credential.ts.
  statement jsonb not null,
  -- The JSON text as it is handed out.
  signed text not null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  -- withdrawn: the mark no longer holds; replaced: a newer one states it; key: its key was disowned.
  revoked_for text check (revoked_for in ('withdrawn', 'replaced', 'key')),
  unique (status_list, status_index),
  check ((revoked_at is null) = (revoked_for is null))
);
create unique index credential_standing on quality_mark.credential (offer, occupation) where revoked_at is null;
create index credential_by_qualification on quality_mark.credential (qualification) where revoked_at is null;
create index credential_by_ukprn on quality_mark.credential (ukprn);

-- The official artwork and what its guideline says, as an administrator loaded them; the newest one that was checked holds.
create table quality_mark.guideline (
  id uuid primary key,
  -- Of the shape of `guideline` in domain/mark-rules.ts.
  settings jsonb not null,
  loaded_at timestamptz not null,
  loaded_by uuid references accounts.person,
  checked_at timestamptz,
  checked_by uuid references accounts.person,
  -- Loaded and checked by the same person, since nobody else could.
  same_person boolean,
  refused_at timestamptz
);
create table quality_mark.artwork (
  guideline_id uuid not null references quality_mark.guideline,
  scheme text not null,
  file_id uuid not null references platform.file,
  primary key (guideline_id, scheme)
);
