-- Contacts and dated facts that pages name by their id: changed once, changed everywhere.
create table guidance.fact (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null check (kind in ('contact', 'body', 'date', 'figure')),
  title text not null
);

-- What held from when to when, never changed. The newest that was confirmed and has begun is the one that is shown.
create table guidance.fact_value (
  fact_id text not null references guidance.fact,
  number integer not null check (number > 0),
  value text not null,
  -- Where a contact or body can be reached; null: it is shown without a link.
  href text,
  -- Shown beside it: "as given in 2021".
  note text not null,
  source text not null,
  holds_from date not null,
  -- The last day on which it held; null: it still does, as far as is known.
  holds_until date,
  written_by uuid references accounts.person,
  written_at timestamptz not null,
  checked_by uuid references accounts.person,
  -- Null: it waits for a second person.
  confirmed_at timestamptz,
  primary key (fact_id, number),
  check (holds_until is null or holds_until >= holds_from)
);
create unique index fact_value_waiting on guidance.fact_value (fact_id) where confirmed_at is null;
