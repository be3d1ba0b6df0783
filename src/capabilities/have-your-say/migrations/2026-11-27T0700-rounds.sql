-- A round of questions: what it is about, and when it is open. Its questions are data, with versions.
create table have_your_say.round (
  id uuid primary key,
  slug text not null unique,
  title text not null,
  purpose text not null,
  audience text not null,
  -- Null: not settled yet; without an end.
  opens_at timestamptz,
  closes_at timestamptz,
  one_per_address boolean not null,
  -- What keyed hashes of addresses are made with; null once it was thrown away, after which they tell nobody.
  address_key bytea,
  -- What the editor is at; it becomes a version when it is put to use.
  draft jsonb not null,
  revision integer not null,
  -- The version that is asked now; 0: none yet, and nobody sees the round.
  version integer not null,
  results_at timestamptz,
  made_at timestamptz not null
);

create table have_your_say.round_version (
  round_id uuid not null references have_your_say.round,
  number integer not null,
  questions jsonb not null,
  note text not null,
  made_at timestamptz not null,
  made_by uuid references accounts.person,
  primary key (round_id, number)
);

-- What one person says to all questions of a round.
create table have_your_say.answer (
  id uuid primary key,
  round_id uuid not null references have_your_say.round,
  -- The version of the questions that were answered.
  version integer not null,
  -- SHA-256 of the token in the address that opens it again.
  token_hash text not null unique,
  -- SHA-256 of the token mailed to find out whose address it is; null: nothing waits for that.
  confirm_hash text unique,
  state text not null check (state in ('draft', 'unconfirmed', 'sent')),
  given jsonb not null,
  name text not null,
  organisation text not null,
  provider_kind text not null,
  region text not null,
  -- Whether its words may be published.
  may_publish boolean not null,
  -- To be told what came of it; deleted once that was told.
  address text,
  -- HMAC of the address under the round's key, where one answer an address is taken.
  address_hash text,
  person uuid references accounts.person,
  revision integer not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  sent_at timestamptz
);
create unique index answer_once on have_your_say.answer (round_id, address_hash) where state = 'sent';
create index answer_by_round on have_your_say.answer (round_id, state, sent_at, id);

create table have_your_say.answer_file (
  id uuid primary key,
  answer_id uuid not null references have_your_say.answer on delete cascade,
  question text not null,
  name text not null,
  -- Of platform.file.
  file_id uuid not null,
  type text not null,
  size integer not null,
  at timestamptz not null
);
create index file_by_answer on have_your_say.answer_file (answer_id);

-- What a moderator decided of one text: nothing is public without.
create table have_your_say.moderation (
  answer_id uuid not null references have_your_say.answer on delete cascade,
  question text not null,
  how text not null check (how in ('as-it-is', 'redacted', 'withheld')),
  -- What everyone may read; empty where it is withheld.
  public_text text not null,
  reason text not null,
  at timestamptz not null,
  by uuid references accounts.person,
  primary key (answer_id, question)
);

create table have_your_say.code_book (
  round_id uuid not null references have_your_say.round,
  number integer not null,
  themes jsonb not null,
  note text not null,
  made_at timestamptz not null,
  made_by uuid references accounts.person,
  primary key (round_id, number)
);

-- One reading of one text by one coder. `first` is what is counted; `second` measures agreement.
create table have_your_say.reading (
  answer_id uuid not null references have_your_say.answer on delete cascade,
  question text not null,
  part text not null check (part in ('first', 'second')),
  coder uuid references accounts.person,
  book integer not null,
  themes text[] not null,
  at timestamptz not null,
  primary key (answer_id, question, part)
);

-- The texts that a second coder reads.
create table have_your_say.sample (
  round_id uuid not null references have_your_say.round,
  answer_id uuid not null references have_your_say.answer on delete cascade,
  question text not null,
  primary key (round_id, answer_id, question)
);

create table have_your_say.quote (
  id uuid primary key,
  round_id uuid not null references have_your_say.round,
  answer_id uuid not null references have_your_say.answer on delete cascade,
  question text not null,
  theme text not null,
  text text not null,
  at timestamptz not null
);

-- What was done about a theme, and the very thing that it changed.
create table have_your_say.decision (
  id uuid primary key,
  round_id uuid not null references have_your_say.round,
  theme text not null,
  text text not null,
  -- A reference; both empty: nothing was changed, for the reason told.
  reference_kind text not null,
  reference_id text not null,
  -- What it was called then.
  reference_title text not null,
  at timestamptz not null,
  by uuid references accounts.person
);
create index decision_by_reference on have_your_say.decision (reference_kind, reference_id);
