-- Finds words that are spelt nearly so. A trusted extension: whoever owns the database may add it.
create extension if not exists pg_trgm;

-- Everything public that can be found, written by its owner in the transaction that publishes it.
create table platform.search_entry (
  -- The capability's own name for it: guidance-page, standard.
  kind text not null,
  id text not null,
  href text not null,
  title text not null,
  summary text not null,
  body text not null,
  -- ST0116 and the like, in capitals: found whatever else is in the question.
  codes text[] not null,
  route text,
  level integer,
  changed_at timestamptz not null,
  words tsvector not null,
  primary key (kind, id)
);
create index search_entry_words on platform.search_entry using gin (words) with (fastupdate = off);
create index search_entry_codes on platform.search_entry using gin (codes) with (fastupdate = off);
create index search_entry_title on platform.search_entry using gin (lower(title) gin_trgm_ops) with (fastupdate = off);

-- Words as they are written in what can be found: what a misspelt one may have meant.
create table platform.search_word (
  word text primary key
);
create index search_word_near on platform.search_word using gin (word gin_trgm_ops) with (fastupdate = off);
