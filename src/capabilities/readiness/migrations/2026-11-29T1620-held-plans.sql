-- What someone who belongs to no provider yet wants to keep as a plan: as it was typed, until they belong to one.
create table readiness.held_plan (
  id uuid primary key,
  person uuid not null references accounts.person,
  -- The fields of the form, by their names.
  typed jsonb not null,
  held_at timestamptz not null
);
create index held_plan_by_person on readiness.held_plan (person);
