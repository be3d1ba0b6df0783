-- Examples that an editor puts together under a title, in an order.
create table practice.collection (
  id uuid primary key,
  -- Its address: /practice/collections/SLUG. It stays when the title changes.
  slug text not null unique,
  title text not null,
  words text not null,
  revision integer not null,
  made_by uuid references accounts.person,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  -- Null: editors alone see it.
  published_at timestamptz
);

create table practice.collected (
  collection_id uuid not null references practice.collection on delete cascade,
  example_id uuid not null references practice.example on delete cascade,
  place integer not null,
  primary key (collection_id, example_id)
);
create index collected_by_example on practice.collected (example_id);
