-- Who confirms the offers of a list, also for a row that a person matches later; null: they wait for confirmation.
alter table register.unmatched add column confirmed_by text;

-- What a fact is about is a part of it, and emptying the table is deleting all of it.
create or replace function register.keep_facts() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'a fact of the register is never deleted';
  end if;
  if old.recorded_to <> 'infinity' or new.recorded_to = 'infinity'
    or (new.id, new.kind, new.subject, new.qualification, new.occupation, new.ukprn, new.body, new.words, new.true_from, new.true_to,
        new.recorded_from, new.source, new.retrieved_on)
      is distinct from (old.id, old.kind, old.subject, old.qualification, old.occupation, old.ukprn, old.body, old.words, old.true_from,
        old.true_to, old.recorded_from, old.source, old.retrieved_on) then
    raise exception 'a fact of the register is never overwritten';
  end if;
  return new;
end $$;
create trigger keep_all_facts before truncate on register.fact for each statement execute function register.keep_facts();
