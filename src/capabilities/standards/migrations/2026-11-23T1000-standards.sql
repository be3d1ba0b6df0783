create schema standards;

-- One version of one occupational standard, as it was last imported.
-- The record itself is the truth; the columns beside it are what lists and filters ask for.
create table standards.standard_version (
  reference text not null check (reference <> ''),
  version text not null check (version <> ''),
  -- Order among the versions of a standard: "1.10" comes after "1.9".
  version_order integer[] not null,
  fictional boolean not null,
  title text not null,
  level integer,
  route text,
  status text,
  core_and_options boolean not null,
  ksb_count integer not null,
  duty_count integer not null,
  -- Title (A), job titles and keywords (B), summary and wording of duties and KSBs (C).
  search tsvector not null,
  -- SHA-256 over the record with its keys sorted: "the same" whatever the order of keys and white space.
  content_hash text not null,
  -- The record whole, as JSON, less the keys that name people. Text, so that nothing of it is normalised away.
  record text not null,
  imported_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (reference, version)
);

create index standard_version_search on standards.standard_version using gin (search);

-- What a version said before its record changed without a new version number (some do).
create table standards.earlier_record (
  id bigint generated always as identity primary key,
  reference text not null,
  version text not null,
  content_hash text not null,
  record text not null,
  changed_at timestamptz not null,
  replaced_at timestamptz not null,
  foreign key (reference, version) references standards.standard_version (reference, version)
);
