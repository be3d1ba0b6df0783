-- Why a provider offers HTQs, in its own words, for as long as it agreed.
create table practice.statement (
  id uuid primary key,
  organisation uuid not null references accounts.organisation,
  provider text not null,
  text text not null,
  -- Who approved it for the provider, and is named with it.
  approver text not null,
  approver_role text not null,
  person uuid references accounts.person,
  made_at timestamptz not null,
  ends_on date not null,
  withdrawn_at timestamptz,
  reminded boolean not null
);
create index statement_by_end on practice.statement (ends_on) where withdrawn_at is null;
