-- Where one click ends what the message belongs to (RFC 8058); null: it belongs to no list.
alter table platform.mail add column unsubscribe text;
