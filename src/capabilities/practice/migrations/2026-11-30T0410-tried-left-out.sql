alter table practice.tried
  -- Why a moderator took out what a provider says; null: readers have it. What is said anew stays out until a moderator has read it.
  add column left_out text,
  add column left_out_by uuid references accounts.person;
