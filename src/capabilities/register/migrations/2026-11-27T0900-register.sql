create schema register;

-- What the register holds, as facts in two times: when it was true, and when it was recorded (docs/algorithms/register-time.md).
-- A row is written once. The only thing that ever changes in it is the end of the time for which it was believed.
create table register.fact (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('qualification', 'approval', 'withdrawal', 'offer', 'provider', 'change', 'cycle')),
  -- What the fact is about; at one time, by one state of knowledge, at most one fact of a kind holds of it.
  subject text not null,
  qualification text,
  occupation text,
  ukprn text,
  -- Of the shape of domain/fact.ts.
  body jsonb not null,
  -- What it is found by.
  words tsvector not null,
  -- First day on which it is true, and first on which it no longer is.
  true_from date not null,
  true_to date not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null,
  source text not null,
  retrieved_on date not null,
  check (true_from < true_to)
);
create index fact_by_subject on register.fact (kind, subject);
create index fact_by_qualification on register.fact (qualification, kind);
create index fact_by_ukprn on register.fact (ukprn, kind) where ukprn is not null;
create index fact_by_occupation on register.fact (occupation, kind) where occupation is not null;
create index fact_words on register.fact using gin (words);
create unique index fact_believed on register.fact (kind, subject, true_from) where recorded_to = 'infinity';

create function register.keep_facts() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a fact of the register is never deleted';
  end if;
  if old.recorded_to <> 'infinity'
    or (new.kind, new.subject, new.body, new.true_from, new.true_to, new.recorded_from, new.source, new.retrieved_on)
      is distinct from (old.kind, old.subject, old.body, old.true_from, old.true_to, old.recorded_from, old.source, old.retrieved_on) then
    raise exception 'a fact of the register is never overwritten';
  end if;
  return new;
end $$;
create trigger keep_facts before update or delete on register.fact for each row execute function register.keep_facts();

-- Whether this instance's register is the source or a copy: what held from when, and who said so.
create table register.nature (
  holds_from timestamptz primary key,
  kind text not null check (kind in ('authority', 'copy')),
  copy_of text,
  as_at date,
  set_by text not null,
  check ((kind = 'copy') = (copy_of is not null and as_at is not null))
);

-- What someone wants to enter, until someone else has looked at it.
create table register.proposal (
  id uuid primary key,
  words text not null,
  -- Of the shape of domain/fact.ts: a list of assertions.
  assertions jsonb not null,
  reason text not null,
  made_by uuid references accounts.person,
  made_at timestamptz not null,
  state text not null check (state in ('waiting', 'entered', 'declined')),
  decided_by uuid references accounts.person,
  decided_at timestamptz,
  -- One person did both, since nobody else could.
  one_person boolean not null,
  note text not null
);
create index proposal_by_state on register.proposal (state);

-- A row of the list of providers, postcodes and qualifications that does not match by itself.
create table register.unmatched (
  id uuid primary key,
  provider text not null,
  postcode text not null,
  qualification text not null,
  row_number integer not null,
  source text not null,
  as_at date not null,
  made_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references accounts.person,
  decision text check (decision in ('matched', 'left-out')),
  ukprn text,
  entry text
);
create index unmatched_open on register.unmatched (made_at) where decided_at is null;

-- Something happened to a standard or an approval: what has to be done about a qualification, by whom and by when.
create table register.case_file (
  id uuid primary key,
  qualification text not null,
  occupation text not null,
  cause text not null check (cause in ('revised', 'retired', 're-levelled', 'withdrawn')),
  words text not null,
  -- What it was opened about: the same is not opened twice.
  about text not null unique,
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text not null
);
create index case_by_qualification on register.case_file (qualification);

create table register.case_step (
  case_id uuid not null references register.case_file,
  place integer not null,
  title text not null,
  due date not null,
  owner uuid references accounts.person,
  done_at timestamptz,
  done_by uuid references accounts.person,
  note text not null,
  primary key (case_id, place)
);

-- Letters of a case as they left.
create table register.case_letter (
  id uuid primary key,
  case_id uuid not null references register.case_file,
  to_whom text not null,
  subject text not null,
  text text not null,
  made_at timestamptz not null,
  made_by uuid references accounts.person
);

-- What the search of the register goes by: each entry as it stands today, written anew whenever a fact of it is recorded,
-- and each night, when dates pass. Made from the facts, and of no weight beside them.
create table register.found (
  id text primary key,
  title text not null,
  state text not null,
  level integer not null,
  route text,
  awarding_organisation text not null,
  occupations text[] not null,
  ukprns text[] not null,
  regions text[] not null,
  towns text[] not null,
  modes text[] not null,
  first_teach date,
  offers integer not null,
  words tsvector not null,
  -- Those of the title and the occupations alone, to put the best first: the whole is too long to be read for each row found.
  head tsvector not null
);
create index found_words on register.found using gin (words);
create index found_occupations on register.found using gin (occupations);
create index found_ukprns on register.found using gin (ukprns);
create index found_by_title on register.found (lower(title), id);
