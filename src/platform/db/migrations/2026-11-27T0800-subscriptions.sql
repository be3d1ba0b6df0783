-- Who wants to be told of what, by email: each capability has a list of its own, and its own words for what can be followed in it.
create table platform.subscription (
  id uuid primary key,
  -- In the links of all its messages, so kept as it is: it confirms or ends this subscription and does nothing else.
  token text not null unique,
  address text not null,
  list text not null,
  -- What of the list, as the capability writes it: `page:funding`.
  scope text not null,
  -- The same for people, as it was when they asked.
  words text not null,
  frequency text not null check (frequency in ('at-once', 'daily', 'weekly')),
  made_at timestamptz not null,
  -- Only who opened the link in the first message is told anything.
  confirmed_at timestamptz,
  ended_at timestamptz
);
create unique index subscription_live on platform.subscription (address, list, scope) where confirmed_at is not null and ended_at is null;
create index subscription_by_address on platform.subscription (address);

-- What was told to whom: never twice the same, however many subscriptions of one address share it.
create table platform.told (
  address text not null,
  list text not null,
  news text not null,
  told_at timestamptz not null,
  primary key (address, list, news)
);
