create schema have_your_say;

-- What someone wants to know: a question to whoever runs the instance (enquiry), or to other providers (wanted).
create table have_your_say.enquiry (
  id uuid primary key,
  kind text not null check (kind in ('enquiry', 'wanted')),
  topic text not null,
  text text not null,
  -- Where the answer goes; null: nobody asked for one by mail. Deleted with the answer.
  address text,
  person uuid references accounts.person,
  made_at timestamptz not null,
  due date not null,
  owner uuid references accounts.person,
  -- `new`, `answered`; `declined`: not to be answered or shown, for a reason.
  state text not null check (state in ('new', 'open', 'answered', 'declined')),
  -- Sent to whoever asked.
  answer text,
  decided_at timestamptz,
  decided_by uuid references accounts.person,
  -- What everyone may read, in the words of whoever published it; null: nothing.
  public_question text,
  public_answer text,
  -- The address on this site of the page that it concerns; empty: none.
  page text not null
);
create index enquiry_by_state on have_your_say.enquiry (state, due);

-- What providers answer to a wanted question.
create table have_your_say.reply (
  id uuid primary key,
  enquiry_id uuid not null references have_your_say.enquiry,
  person uuid references accounts.person,
  provider text not null,
  text text not null,
  at timestamptz not null
);
create index reply_by_enquiry on have_your_say.reply (enquiry_id);
