-- Who delivers a qualification is told of confirmed offers alone: those that wait for their word are counted by themselves.
alter table register.found add column unconfirmed integer not null default 0;
alter table register.found alter column unconfirmed drop default;

-- As of a day that is past: the facts themselves are searched until the next job has made all of it anew.
update register.standing set made_for = date '2000-01-01';
