-- Someone asked for a page in a form that they can use; tracked until the answer.
create table guidance.format_request (
  id uuid primary key,
  page_id text not null references guidance.page,
  wanted text not null,
  details text not null,
  -- Where the answer goes; emptied with it, as are the details.
  address text not null,
  made_at timestamptz not null,
  due date not null,
  answered_at timestamptz,
  answered_by uuid references accounts.person,
  answer text,
  -- What was made for it, when a file was: offered to everyone on the page.
  file_id uuid references platform.file,
  file_ending text,
  check ((answered_at is null) = (answer is null))
);
create index format_request_open on guidance.format_request (due) where answered_at is null;
