-- The audit trail. An act is written in the transaction of what it tells of, and never again.
create table platform.act (
  id uuid primary key,
  -- Order of writing; a gap is a transaction that was rolled back.
  number bigint generated always as identity unique,
  at timestamptz not null,
  name text not null,
  door text not null,
  actor_kind text not null check (actor_kind in ('visitor', 'person', 'system')),
  -- A person's opaque id, or the system's name for itself.
  actor text,
  for_organisation text,
  subject_kind text,
  subject_id text,
  -- No personal values: these stand in act_personal, and here their keyed hashes.
  before jsonb,
  after jsonb,
  personal jsonb
);
create index act_by_name on platform.act (name, number);
create index act_by_actor on platform.act (actor, number);
create index act_by_subject on platform.act (subject_id, number);
create index act_by_organisation on platform.act (for_organisation, number);

-- Personal values of acts, with the key of each one's hash. Erasing a row leaves the trail provable.
create table platform.act_personal (
  act_id uuid not null references platform.act,
  name text not null,
  value text not null,
  key bytea not null,
  -- Whose it is: erased when they go.
  person text,
  primary key (act_id, name)
);
create index act_personal_by_person on platform.act_personal (person);

-- Acts are sealed in batches: each batch's hash is over its acts and the batch before.
create table platform.act_batch (
  batch bigint primary key,
  acts integer not null,
  hash text not null,
  previous_hash text not null,
  sealed_at timestamptz not null
);
create table platform.act_sealed (
  act_id uuid primary key,
  batch bigint not null references platform.act_batch,
  place integer not null,
  unique (batch, place)
);

create function platform.refuse_change() returns trigger language plpgsql as $refuse$
begin
  raise exception '% of % is refused: the audit trail is only ever added to', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end
$refuse$;
create trigger act_is_kept before update or delete or truncate on platform.act
  for each statement execute function platform.refuse_change();
create trigger act_batch_is_kept before update or delete or truncate on platform.act_batch
  for each statement execute function platform.refuse_change();
create trigger act_sealed_is_kept before update or delete or truncate on platform.act_sealed
  for each statement execute function platform.refuse_change();
