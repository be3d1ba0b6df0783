-- What a provider answers to a wanted question is public once somebody has read it, and can be taken out with a reason.
alter table have_your_say.reply
  add column organisation uuid references accounts.organisation,
  -- Null: nobody has read it yet.
  add column decided_at timestamptz,
  add column decided_by uuid references accounts.person,
  -- Why readers do not have it; null: they do, once it was read.
  add column left_out text;

-- What readers have, they keep.
update have_your_say.reply set decided_at = at;

create index reply_unread on have_your_say.reply (at) where decided_at is null;
