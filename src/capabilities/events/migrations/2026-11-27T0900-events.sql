create schema events;

-- An event, from its draft to what is left of it afterwards.
create table events.event (
  id uuid primary key,
  state text not null check (state in ('draft', 'published', 'cancelled')),
  -- What it says, of the shape of domain/event.ts.
  text jsonb not null,
  -- Begins and ends; null where it is known to the month only.
  starts_at timestamptz,
  ends_at timestamptz,
  -- "2021-09", of every event: what it is listed by.
  month text not null,
  opens_at timestamptz,
  closes_at timestamptz,
  -- Sessions of one series share it.
  series uuid,
  revision integer not null,
  -- SEQUENCE of its calendar entry (RFC 5545, 3.8.7.4): one more with each change that readers are told of.
  sequence integer not null,
  made_at timestamptz not null,
  published_at timestamptz,
  changed_at timestamptz not null,
  check ((starts_at is null) = (ends_at is null) and (starts_at is null or starts_at < ends_at))
);
create index event_by_start on events.event (starts_at);

-- A way of attending, and the lock of its places: docs/algorithms/places.md.
create table events.way (
  event_id uuid not null references events.event on delete cascade,
  way text not null check (way in ('in person', 'online')),
  capacity integer not null check (capacity >= 0),
  -- Places of bookings that are held, offered or confirmed.
  taken integer not null default 0 check (taken >= 0),
  -- Bookings that wait, whether or not their address is confirmed yet.
  waiting integer not null default 0 check (waiting >= 0),
  primary key (event_id, way)
);

create table events.booking (
  -- Made with the form: a form that is sent twice books once.
  id uuid primary key,
  event_id uuid not null references events.event on delete cascade,
  way text not null check (way in ('in person', 'online')),
  -- In the address of the booking's page, in plain text: mails that are written weeks later (reminders, offers) have the same link.
  token text not null unique,
  state text not null check (state in ('held', 'waiting', 'offered', 'confirmed', 'lapsed', 'cancelled', 'called off')),
  -- Places that it takes now; 0 while it waits and when it is over.
  places integer not null check (places >= 0),
  wanted integer not null check (wanted > 0),
  part_will_do boolean not null,
  address text,
  organisation text not null,
  for_employer boolean not null,
  consent_to_share boolean not null,
  -- For whoever runs the event, and forgotten after it.
  access_needs text not null,
  answers jsonb not null,
  -- Which provider's promotion it came by; empty: none.
  tag text not null,
  made_at timestamptz not null,
  -- When the hold or the offer runs out.
  until timestamptz,
  -- When the link in the first mail was used.
  confirmed_at timestamptz,
  reminded_at timestamptz,
  thanked_at timestamptz,
  -- Up to which SEQUENCE of the event its people were told.
  told_sequence integer not null
);
create index booking_by_event on events.booking (event_id, state, made_at);
create index booking_by_until on events.booking (until) where until is not null;
-- An address has one live booking for an event.
create unique index booking_live on events.booking (event_id, address) where state in ('held', 'waiting', 'offered', 'confirmed');

-- Someone who comes with a booking: the first is who made it.
create table events.attendee (
  booking_id uuid not null references events.booking on delete cascade,
  number integer not null,
  name text not null,
  -- Said at the door: six of 31 letters and digits that are not mistaken for one another, drawn at random.
  code text not null,
  attended text check (attended in ('in person', 'online')),
  attended_at timestamptz,
  primary key (booking_id, number)
);
create index attendee_by_code on events.attendee (code);
