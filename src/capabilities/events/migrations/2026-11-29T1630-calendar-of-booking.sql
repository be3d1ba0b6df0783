alter table events.booking
  -- Of its calendar entry, beside the event's: one more with each change of the booking, and more than any earlier booking of the address.
  add column sequence integer not null default 0,
  add column changed_at timestamptz,
  -- A place was confirmed, and so its entry may stand in a calendar.
  add column in_calendar boolean not null default false;
update events.booking set
  changed_at = coalesce(confirmed_at, made_at),
  in_calendar = state in ('confirmed', 'called off') and confirmed_at is not null,
  sequence = (select count(*) from events.booking as earlier
    where earlier.event_id = booking.event_id and earlier.address = booking.address and earlier.made_at < booking.made_at);
alter table events.booking alter column changed_at set not null;
