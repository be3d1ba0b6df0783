-- Files that belong to an example: readers have them with it, and never without it.
create table practice.example_file (
  id uuid primary key,
  example_id uuid not null references practice.example on delete cascade,
  title text not null,
  -- Of platform.file.
  file_id uuid not null,
  type text not null,
  ending text not null,
  size integer not null,
  -- What was found out about it when it came, of the shape of UploadFacts.
  facts jsonb not null,
  at timestamptz not null,
  -- Why a moderator holds it back; null: readers have it.
  held_back text
);
create index example_file_by_example on practice.example_file (example_id);

-- Of an example that is deleted, nothing stays.
alter table practice.redaction
  drop constraint redaction_example_id_fkey,
  add constraint redaction_example_id_fkey foreign key (example_id) references practice.example on delete cascade;
alter table practice.tried
  drop constraint tried_example_id_fkey,
  add constraint tried_example_id_fkey foreign key (example_id) references practice.example on delete cascade;
