create schema practice;

-- An example of practice, from its first draft to the day nobody stands by it any more.
create table practice.example (
  id uuid primary key,
  -- In the address under which it is written and looked after, by someone with or without an account.
  token text not null unique,
  state text not null check (state in ('draft', 'unconfirmed', 'waiting', 'asked', 'shown', 'published', 'declined', 'withdrawn')),
  -- What it says, of the shape of domain/example.ts.
  text jsonb not null,
  origin text not null,
  organisation uuid references accounts.organisation,
  person uuid references accounts.person,
  address text,
  revision integer not null,
  made_at timestamptz not null,
  sent_at timestamptz,
  published_at timestamptz,
  note text not null,
  decided_by uuid references accounts.person,
  review_due date,
  -- How many reminders went out for that date.
  reminders integer not null
);
create index example_by_state on practice.example (state);

-- What a moderator took out or changed before publication, and why: kept, and shown to nobody but moderators.
create table practice.redaction (
  example_id uuid not null references practice.example,
  at timestamptz not null,
  by uuid references accounts.person,
  reason text not null,
  before jsonb not null,
  primary key (example_id, at)
);

-- Others who did the same, and how it went.
create table practice.tried (
  id uuid primary key,
  example_id uuid not null references practice.example,
  person uuid references accounts.person,
  organisation uuid not null references accounts.organisation,
  provider text not null,
  outcome text not null check (outcome in ('yes', 'partly', 'no')),
  cost text not null,
  text text not null,
  at timestamptz not null,
  -- One word from each provider: saying it anew puts it right.
  unique (example_id, organisation)
);
