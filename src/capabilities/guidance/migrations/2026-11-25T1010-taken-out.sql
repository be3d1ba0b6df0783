-- What holds in place of a withdrawn page.
alter table guidance.page add column superseded_by text references guidance.page;

-- Words that were taken out of every version of a page, since they should never have been published. The words
-- themselves are nowhere.
create table guidance.taken_out (
  id uuid primary key,
  page_id text not null references guidance.page,
  at timestamptz not null,
  by_person uuid references accounts.person,
  reason text not null,
  -- How many versions had them.
  versions integer not null
);
