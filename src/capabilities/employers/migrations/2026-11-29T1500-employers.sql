create schema employers;

-- What a provider or an awarding organisation keeps of an employer it works with. Its own: two organisations keep two records.
create table employers.employer (
  id uuid primary key,
  organisation uuid not null references accounts.organisation,
  name text not null check (name <> ''),
  -- The name and the town as they are compared, of domain/employer-name.ts.
  key text not null,
  company_number text,
  -- Employees; null: not known.
  size text check (size in ('micro', 'small', 'medium', 'large')),
  -- Section of the SIC 2007, of data/employer-facts.json.
  sector text check (sector ~ '^[A-U]$'),
  region text,
  town text not null,
  routes text[] not null,
  -- References of standards, such as ST0116.
  occupations text[] not null,
  offers text[] not null check (offers <@ array['speaker', 'project', 'placement', 'kit', 'staff time']),
  notes text not null,
  revision integer not null,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index employer_by_key on employers.employer (organisation, key);

-- Someone who works there. Without consent nothing is kept but the name and the role.
create table employers.contact (
  id uuid primary key,
  employer_id uuid not null references employers.employer on delete cascade,
  name text not null check (name <> ''),
  role text not null,
  email text,
  telephone text,
  -- What they agreed to, when, and for how long; null: until they say otherwise.
  consent text,
  consent_on date,
  consent_until date,
  -- Whether they agreed that an organisation with which the record is shared has it too.
  may_share boolean not null,
  revision integer not null,
  -- When somebody last wrote here that they still deal with the contact: what is left alone is forgotten.
  touched_at timestamptz not null,
  check ((consent is null) = (consent_on is null)),
  check (consent is not null or (email is null and telephone is null and consent_until is null and not may_share))
);
create index contact_by_employer on employers.contact (employer_id);

create table employers.meeting (
  id uuid primary key,
  employer_id uuid not null references employers.employer on delete cascade,
  held_on date not null,
  kind text not null check (kind in ('meeting', 'visit', 'call', 'panel')),
  said text not null,
  occupations text[] not null,
  confidential boolean not null,
  -- Null: who wrote it has deleted their account.
  recorded_by uuid references accounts.person,
  recorded_at timestamptz not null,
  revision integer not null
);
create index meeting_by_employer on employers.meeting (employer_id, held_on);

-- Contacts who were there: whoever is forgotten as a contact is gone from here too.
create table employers.meeting_contact (
  meeting_id uuid not null references employers.meeting on delete cascade,
  contact_id uuid not null references employers.contact on delete cascade,
  primary key (meeting_id, contact_id)
);

create table employers.next_step (
  id uuid primary key,
  employer_id uuid not null references employers.employer on delete cascade,
  what text not null check (what <> ''),
  owner uuid references accounts.person,
  due date not null,
  done_at timestamptz,
  made_at timestamptz not null,
  revision integer not null
);
create index next_step_by_employer on employers.next_step (employer_id);
create index next_step_by_owner on employers.next_step (owner) where done_at is null;

-- What an employer asks for: a job, an occupation, KSBs.
create table employers.ask (
  id uuid primary key,
  employer_id uuid not null references employers.employer on delete cascade,
  job_title text not null,
  -- A standard's reference and the version whose codes `ksbs` are; null: none named.
  occupation text,
  standard_version text,
  ksbs text[] not null,
  route text not null,
  how_many integer check (how_many > 0),
  town text not null,
  region text not null,
  asked_on date not null,
  -- Where it was asked: a meeting, a letter, the employer's own words.
  source text not null,
  meeting_id uuid references employers.meeting on delete set null,
  made_at timestamptz not null,
  revision integer not null,
  check (job_title <> '' or occupation is not null),
  check (occupation is not null or (standard_version is null and ksbs = '{}'))
);
create index ask_by_employer on employers.ask (employer_id);
create index ask_by_route on employers.ask (route, region);

-- A record that another organisation may see: offered by who keeps it, and accepted by who receives it.
create table employers.sharing (
  id uuid primary key,
  employer_id uuid not null references employers.employer on delete cascade,
  receiver uuid not null references accounts.organisation,
  -- The day on which the employer agreed to it.
  employer_agreed_on date not null,
  offered_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  -- The organisation that ended or declined it.
  ended_by uuid references accounts.organisation,
  check ((ended_at is null) = (ended_by is null))
);
create unique index sharing_live on employers.sharing (employer_id, receiver) where ended_at is null;
create index sharing_by_receiver on employers.sharing (receiver) where ended_at is null;
