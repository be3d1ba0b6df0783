-- Letters that were mailed from the case: to whom, in words; empty: it went another way.
alter table register.case_letter add column mailed_to text not null default '';
alter table register.case_letter alter column mailed_to drop default;

-- A step that another part does: its holders are told by the quality mark.
alter table register.case_step add column act text check (act in ('tell-holders'));
