-- Of the secret that was mailed to the address given without an account: whoever has it reads what goes to that address.
alter table practice.example add column confirm_hash text unique;

-- What waits for the link of a mail from before this goes back to being written, and is sent again.
update practice.example set state = 'draft' where state = 'unconfirmed';
