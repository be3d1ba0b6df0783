alter table events.booking
  -- When the link was mailed again because somebody typed the address again.
  add column linked_at timestamptz;
create index booking_by_address on events.booking (address);
