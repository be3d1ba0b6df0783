-- A draft that was checked and is published at a set time; saving it anew takes that back.
alter table guidance.draft drop constraint draft_state_check;
alter table guidance.draft add constraint draft_state_check check (state in ('draft', 'submitted', 'scheduled'));
alter table guidance.draft add column publish_at timestamptz;
alter table guidance.draft add column checked_by uuid references accounts.person;
alter table guidance.draft add constraint draft_scheduled check ((state = 'scheduled') = (publish_at is not null and checked_by is not null));
