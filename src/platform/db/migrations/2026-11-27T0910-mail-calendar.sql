-- A calendar entry that goes with a message (RFC 6047); emptied with the body.
alter table platform.mail add column calendar jsonb;
