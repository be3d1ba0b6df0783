-- Who could come to what a plan prepares, group by group.
create table readiness.way_in (
  id uuid primary key,
  plan_id uuid not null references readiness.plan,
  -- A kind of data/ways-in.json.
  kind text not null,
  title text not null,
  people integer not null check (people >= 0),
  percent integer not null check (percent between 0 and 100)
);
create index way_in_by_plan on readiness.way_in (plan_id);
