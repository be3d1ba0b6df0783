-- What the moderator's change made of the words; null: from before this was kept.
alter table practice.redaction add column after jsonb;

-- Which reminder of what waits for a moderator went out, for the day by which it is to be answered.
create table practice.moderation_reminder (
  example_id uuid not null references practice.example on delete cascade,
  answer_by date not null,
  -- 0: before that day; 1, 2 …: the first, second … since.
  step integer not null,
  primary key (example_id, answer_by, step)
);
