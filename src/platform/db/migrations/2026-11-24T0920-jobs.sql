-- How far a running job has come; pg-boss keeps the jobs themselves in a schema of its own.
create table platform.job_progress (
  job_id uuid primary key,
  done integer not null,
  total integer,
  words text not null,
  at timestamptz not null
);
