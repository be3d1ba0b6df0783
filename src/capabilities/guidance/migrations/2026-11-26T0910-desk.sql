-- Who looks after a page; null: the administrators do, until someone takes it.
alter table guidance.page add column owner uuid references accounts.person;
-- Occupational routes that it is about; none: it is about all of them.
alter table guidance.page add column routes text[] not null default '{}';

-- Someone looked a page through and found that it holds.
create table guidance.review (
  page_id text not null references guidance.page,
  at timestamptz not null,
  by uuid not null references accounts.person,
  next_due date not null,
  note text not null,
  primary key (page_id, at)
);

-- Which reminder was sent for which due date, so that none is sent twice.
create table guidance.review_reminder (
  page_id text not null references guidance.page,
  review_due date not null,
  -- 0: before it is due; 1, 2 …: the first, second … one since.
  step integer not null check (step >= 0),
  -- To the administrators as well, since nothing happened.
  climbed boolean not null,
  sent_at timestamptz not null,
  primary key (page_id, review_due, step)
);

-- How addresses outside answered when they were last tried.
create table guidance.link_check (
  address text primary key,
  checked_at timestamptz not null,
  -- 'answers', 'fails' (it says that nothing is there), 'silent' (no answer: perhaps only from here)
  outcome text not null check (outcome in ('answers', 'fails', 'silent')),
  -- What it said: "404", "no such host".
  words text not null,
  -- Since when it has been so.
  since timestamptz not null
);

-- A subscription may also be to one section of a page, or to one route.
alter table guidance.subscription drop constraint subscription_scope_kind_check;
alter table guidance.subscription add constraint subscription_scope_kind_check
  check (scope_kind in ('guide', 'topic', 'page', 'section', 'route'));
