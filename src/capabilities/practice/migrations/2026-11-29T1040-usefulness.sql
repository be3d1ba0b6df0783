-- Answers to "Was this useful?". Of the day, the address and the browser nothing is kept.
create table practice.usefulness (
  -- Made with the form: sent twice, it counts once.
  form_id uuid primary key,
  example_id uuid not null references practice.example on delete cascade,
  -- The first day of the month.
  month date not null,
  useful boolean not null
);
create index usefulness_by_month on practice.usefulness (month);
