-- Who wants to be told of changes: of the whole guide, one topic or one page.
create table guidance.subscription (
  id uuid primary key,
  -- In the links of all its messages, so kept as it is: it confirms or ends this subscription and does nothing else.
  token text not null unique,
  address text not null,
  scope_kind text not null check (scope_kind in ('guide', 'topic', 'page')),
  scope text not null,
  frequency text not null check (frequency in ('at-once', 'daily', 'weekly')),
  made_at timestamptz not null,
  -- Only who opened the link in the first message is told anything.
  confirmed_at timestamptz,
  ended_at timestamptz
);
create unique index subscription_live on guidance.subscription (address, scope_kind, scope) where confirmed_at is not null and ended_at is null;
create index subscription_by_address on guidance.subscription (address);

-- What was told to whom: never twice the same change, however many subscriptions of one address share a page.
create table guidance.told (
  address text not null,
  page_id text not null,
  number integer not null,
  told_at timestamptz not null,
  primary key (address, page_id, number)
);
