-- A file's title, source and columns belong to its revision: they wait for the check with it.
alter table guidance.attachment_revision add column title text;
alter table guidance.attachment_revision add column source text;
alter table guidance.attachment_revision add column columns text;
update guidance.attachment_revision r set title = a.title, source = a.source, columns = a.columns
  from guidance.attachment a where a.id = r.attachment_id;
alter table guidance.attachment_revision alter column title set not null;
alter table guidance.attachment_revision alter column source set not null;
alter table guidance.attachment_revision alter column columns set not null;
alter table guidance.attachment drop column title, drop column source, drop column columns;
