-- Whether this store is an example (may hold fictional records) or someone's own (never does).
-- One row, written when the store is made, never changed.
create table platform.store_kind (
  kind text not null check (kind in ('example', 'own')),
  made_at timestamptz not null,
  only_row boolean primary key default true check (only_row)
);
