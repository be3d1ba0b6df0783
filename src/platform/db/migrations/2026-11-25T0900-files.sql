-- Files that were uploaded or made, whole: with the rows that name them they are one backup and one transaction.
create table platform.file (
  id uuid primary key,
  -- What it is, found out from its content: image/png.
  type text not null,
  sha256 text not null,
  size integer not null,
  bytes bytea not null,
  made_at timestamptz not null
);
