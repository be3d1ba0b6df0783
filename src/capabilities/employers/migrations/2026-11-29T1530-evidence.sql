-- Whether an organisation's name at an event means an employer of the record: decided by a person. Who came stays with the events.
create table employers.employer_attendance (
  organisation uuid not null references accounts.organisation,
  event_id uuid not null references events.event on delete cascade,
  -- The name as it was typed at the event, as names are compared (domain/employer-name.ts).
  typed text not null,
  -- Null: nobody of this organisation's employers.
  employer_id uuid references employers.employer on delete cascade,
  -- What the attendance is evidence for; empty: still to be chosen.
  occupations text[] not null check (employer_id is not null or occupations = '{}'),
  decided_by uuid references accounts.person,
  decided_at timestamptz not null,
  primary key (organisation, event_id, typed)
);

-- Numbers that records are measured against from a day on. Only ever added to: what held on a day stays known.
create table employers.evidence_measure (
  id uuid primary key,
  -- Null: the whole instance's.
  organisation uuid references accounts.organisation,
  holds_from date not null,
  -- Of the shape of domain/evidence-policy.ts.
  measure jsonb not null,
  -- Where the numbers come from, in words.
  source text not null check (source <> ''),
  set_by uuid references accounts.person,
  set_at timestamptz not null
);

-- A letter of support, from the organisation's draft to the employer's answer.
create table employers.letter (
  id uuid primary key,
  organisation uuid not null references accounts.organisation,
  -- As it is called in the letter.
  organisation_name text not null,
  -- What was not signed goes with the employer's record; a signed letter holds it fast.
  employer_id uuid not null references employers.employer on delete cascade,
  -- To whom it goes. Name and address stand with the contact: whoever is forgotten there cannot be written to from here.
  contact_id uuid references employers.contact on delete set null,
  occupations text[] not null check (occupations <> '{}'),
  draft text not null,
  -- What the employer made of it; null: nothing yet.
  amended text,
  state text not null check (state in ('draft', 'sent', 'signed', 'declined', 'withdrawn', 'taken back')),
  revision integer not null,
  -- In the address of the employer's page, in plain text: mails that are written later have the same link.
  token text not null unique,
  -- HMAC of the address that the link went to, under the token.
  sent_to text,
  sent_at timestamptz,
  until timestamptz,
  reason text not null,
  made_by uuid references accounts.person,
  made_at timestamptz not null,
  check (state in ('draft', 'withdrawn') or (sent_to is not null and sent_at is not null and until is not null))
);
create index letter_by_organisation on employers.letter (organisation, state);
create index letter_by_employer on employers.letter (employer_id);

-- What was signed, word by word. Never changed, never deleted.
create table employers.signed_letter (
  letter_id uuid primary key references employers.letter,
  -- Paragraphs, each with whether it is held back.
  parts jsonb not null,
  occupations text[] not null,
  -- As they were called that day.
  organisation_name text not null,
  employer_name text not null,
  signed_at timestamptz not null,
  -- Over all of the above and the signer's hash: domain/letter.ts.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  signer_hash text not null check (signer_hash ~ '^[0-9a-f]{64}$')
);

-- Who signed, with the key of their hash: it can be taken out, and never changed.
create table employers.letter_signer (
  letter_id uuid primary key references employers.signed_letter,
  name text not null,
  role text not null,
  address text not null,
  key bytea not null
);
create index letter_signer_by_address on employers.letter_signer (address);

create function employers.refuse_change() returns trigger language plpgsql as $refuse$
begin
  raise exception '% of % is refused: a signed letter stays as it was signed', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end
$refuse$;
create trigger signed_letter_is_kept before update or delete or truncate on employers.signed_letter
  for each statement execute function employers.refuse_change();
create trigger letter_signer_is_kept before update on employers.letter_signer
  for each statement execute function employers.refuse_change();
-- What the signed text is compared with, and whose it is, stays as well.
create trigger letter_of_signed_is_kept before update on employers.letter
  for each row when (
    old.state in ('signed', 'taken back')
    and (old.organisation, old.organisation_name, old.employer_id, old.occupations, old.draft, old.sent_to)
      is distinct from (new.organisation, new.organisation_name, new.employer_id, new.occupations, new.draft, new.sent_to)
  ) execute function employers.refuse_change();
-- A signature is given once; it can be taken back, and nothing else.
create trigger letter_stays_signed before update on employers.letter
  for each row when (
    (old.state = 'signed' and new.state not in ('signed', 'taken back'))
    or (old.state = 'taken back' and new.state <> 'taken back')
  ) execute function employers.refuse_change();
