-- A file that an administrator loaded on a page: its difference is read there before it is entered, once.
create table register.loaded_file (
  id uuid primary key,
  name text not null,
  file_id uuid not null references platform.file,
  source text not null,
  -- The day that it is as at; null: the day on which it is entered.
  as_at date,
  -- Who confirms the offers of a list.
  confirmed_by text,
  state text not null check (state in ('waiting', 'entered', 'put-away')),
  loaded_at timestamptz not null,
  loaded_by uuid references accounts.person,
  decided_at timestamptz,
  decided_by uuid references accounts.person,
  -- What it did, in a sentence.
  outcome text not null
);
create index loaded_file_by_time on register.loaded_file (loaded_at);
