create schema guidance;

-- A page of the guide. What it says stands in its versions.
create table guidance.page (
  -- Its address: /guidance/ID. Keeps working for ever.
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  place integer not null,
  topic text not null,
  review_due date not null,
  withdrawn_at timestamptz,
  -- Told to readers on the page, which stays at its address.
  withdrawn_reason text,
  made_at timestamptz not null,
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);

-- What was published, never changed. A major version has a note that readers see under "all updates".
create table guidance.version (
  page_id text not null references guidance.page,
  number integer not null check (number > 0),
  title text not null,
  summary text not null,
  body text not null,
  major boolean not null,
  change_note text,
  published_at timestamptz not null,
  -- Who wrote and who checked it; null: it came with the toolkit.
  written_by uuid references accounts.person,
  checked_by uuid references accounts.person,
  primary key (page_id, number),
  check (not major or change_note is not null)
);
create index version_by_time on guidance.version (published_at);

-- What somebody is working on: one draft a page, with a number that tells a stale form.
create table guidance.draft (
  page_id text primary key references guidance.page,
  revision integer not null,
  title text not null,
  summary text not null,
  body text not null,
  major boolean not null,
  change_note text not null,
  state text not null check (state in ('draft', 'submitted')),
  edited_by uuid not null references accounts.person,
  edited_at timestamptz not null
);
