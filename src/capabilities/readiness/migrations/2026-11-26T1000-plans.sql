create schema readiness;

-- A delivery plan for one qualification at one provider, from the decision to the first lesson.
create table readiness.plan (
  id uuid primary key,
  organisation uuid not null references accounts.organisation,
  qualification text not null,
  level integer check (level in (4, 5)),
  awarding_organisation text not null,
  route text not null,
  first_teach date not null,
  learners integer check (learners >= 0),
  -- In the address of its calendar, which shows it to whoever has it, and nothing else.
  calendar_token text not null unique,
  made_by uuid references accounts.person,
  made_at timestamptz not null,
  -- Grows with each change of dates, so that a preview that was seen before is not applied to something else.
  revision integer not null,
  rolled_from uuid references readiness.plan,
  ended_at timestamptz
);
create index plan_by_organisation on readiness.plan (organisation);

create table readiness.task (
  id uuid primary key,
  plan_id uuid not null references readiness.plan,
  place integer not null,
  -- The step of the reference data, `unit:CODE` for a unit; null: the provider's own.
  step text,
  strand text not null,
  title text not null,
  why text not null,
  who text not null,
  guidance text not null,
  owner uuid references accounts.person,
  starts date not null,
  -- Over by the morning of this day.
  ends date not null,
  ends_before integer not null check (ends_before >= 0),
  status text not null check (status in ('to-do', 'doing', 'done', 'not-needed')),
  done_on date,
  -- Pence.
  cost bigint check (cost >= 0),
  evidence text not null,
  revision integer not null,
  check (ends >= starts),
  check ((status = 'done') = (done_on is not null))
);
create index task_by_plan on readiness.task (plan_id);
create index task_by_owner on readiness.task (owner) where owner is not null;

create table readiness.task_after (
  task_id uuid not null references readiness.task on delete cascade,
  after_id uuid not null references readiness.task on delete cascade,
  primary key (task_id, after_id),
  check (task_id <> after_id)
);

create table readiness.comment (
  id uuid primary key,
  task_id uuid not null references readiness.task on delete cascade,
  at timestamptz not null,
  -- Null: who wrote it has deleted their account.
  by uuid references accounts.person,
  text text not null
);
create index comment_by_task on readiness.comment (task_id);

-- What the plan rests on in money and learners: one row a plan, written whole.
create table readiness.case (
  plan_id uuid primary key references readiness.plan,
  -- Pence, as the next three.
  fee_each bigint,
  cost_each bigint,
  fixed_cost bigint,
  award bigint,
  low integer,
  likely integer,
  high integer,
  -- Answers to the questions of data/funding-rules.json by their ids.
  funding jsonb not null,
  revision integer not null,
  check (low <= likely and likely <= high)
);

create table readiness.campaign (
  id uuid primary key,
  plan_id uuid not null references readiness.plan,
  title text not null,
  day date not null,
  -- Pence.
  cost bigint not null check (cost >= 0),
  -- Enquiries or sign-ups that it brought; null: not counted yet.
  result integer check (result >= 0)
);

-- Applications and offers as they stood at the end of a week (its Sunday), counted from the beginning.
create table readiness.recruitment_week (
  plan_id uuid not null references readiness.plan,
  week date not null,
  applications integer not null check (applications >= 0),
  offers integer not null check (offers >= 0),
  accepted integer not null check (accepted >= 0),
  primary key (plan_id, week),
  check (offers <= applications and accepted <= offers)
);
