-- What a row of the list shows stands with what it is found by: a search reads one table, once.
alter table register.found
  add column number text not null default '',
  add column occupation_titles text[] not null default '{}',
  add column fictional boolean not null default false;

update register.found set number = coalesce(held.body -> 'numbers' ->> 0, ''), fictional = (held.body ->> 'fictional')::boolean
from (select distinct on (subject) subject, body from register.fact
  where kind = 'qualification' and recorded_to = 'infinity' order by subject, true_from desc) as held
where held.subject = found.id;

update register.found set occupation_titles = array(
  select fact.body ->> 'occupationTitle' from register.fact as fact
  where fact.kind = 'approval' and fact.qualification = found.id and fact.recorded_to = 'infinity'
    and fact.occupation = any(found.occupations)
  order by fact.subject);

alter table register.found alter column number drop default, alter column occupation_titles drop default,
  alter column fictional drop default;

-- The day as of which all of register.found was last made, and what there is in it to choose from. Until the night's
-- job has made it anew the facts themselves are searched, so that a day that begins late is never told wrong.
create table register.standing (
  only_one boolean primary key default true check (only_one),
  made_for date not null,
  entries integer not null,
  approved integer not null,
  routes text[] not null,
  levels integer[] not null,
  regions text[] not null
);
-- As of a day that is past: the next job makes it anew.
insert into register.standing (made_for, entries, approved, routes, levels, regions)
select date '2000-01-01', count(*), count(*) filter (where state = 'approved'),
  coalesce(array_agg(distinct route order by route) filter (where route is not null), '{}'), array_agg(distinct level order by level),
  array(select distinct region from register.found as held, unnest(held.regions) as region order by 1)
from register.found having count(*) > 0;
