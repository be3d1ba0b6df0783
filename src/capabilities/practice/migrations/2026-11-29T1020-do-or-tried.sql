-- Whether a provider does the same to this day, or has tried it; what was said before this was asked counts as tried.
alter table practice.tried add column does_it boolean not null default false;
alter table practice.tried alter column does_it drop default;
