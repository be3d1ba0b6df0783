-- The outbox: a message is written in the transaction of the act that sends it, and delivered by a job.
create table platform.mail (
  id uuid primary key,
  name text not null,
  person text,
  to_address text not null,
  to_name text,
  subject text not null,
  -- Blocks of text; emptied once the message has gone, since it may hold a code or a link that opens a door.
  body jsonb,
  state text not null check (state in ('waiting', 'sent', 'kept', 'failed')),
  tries integer not null default 0,
  problem text,
  made_at timestamptz not null,
  tried_at timestamptz,
  sent_at timestamptz
);
create index mail_by_state on platform.mail (state, made_at);
create index mail_by_person on platform.mail (person);
