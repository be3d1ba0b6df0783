-- What hangs on a page: a table from a CSV, an image, a document. Its address is /guidance/PAGE/files/NAME.
create table guidance.attachment (
  id uuid primary key,
  page_id text not null references guidance.page,
  name text not null check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null check (kind in ('table', 'image', 'document')),
  title text not null,
  -- Where what it says comes from.
  source text not null,
  -- What a table's columns mean: a line each, "Column: meaning".
  columns text not null,
  -- Left out from the next version on; older versions keep it.
  left_out boolean not null,
  unique (page_id, name)
);

-- What it was at one time, never changed.
create table guidance.attachment_revision (
  attachment_id uuid not null references guidance.attachment,
  number integer not null check (number > 0),
  file_id uuid not null references platform.file,
  ending text not null,
  -- For readers: what is different from the one before.
  note text not null,
  -- What was found out about the file when it came: pages, tags, size in pixels.
  facts jsonb not null,
  made_at timestamptz not null,
  made_by uuid references accounts.person,
  primary key (attachment_id, number)
);

-- What a version was published with. What is in no version is seen by editors alone.
create table guidance.version_attachment (
  page_id text not null,
  number integer not null,
  attachment_id uuid not null references guidance.attachment,
  revision integer not null,
  primary key (page_id, number, attachment_id),
  foreign key (page_id, number) references guidance.version (page_id, number)
);

-- PDF and Word, made from what a page says: of the version and source that the hash stands for.
create table guidance.made_format (
  -- A page's id, or 'whole' for the whole guide.
  subject text not null,
  format text not null check (format in ('pdf', 'docx')),
  source_hash text not null,
  file_id uuid not null references platform.file,
  made_at timestamptz not null,
  primary key (subject, format)
);
