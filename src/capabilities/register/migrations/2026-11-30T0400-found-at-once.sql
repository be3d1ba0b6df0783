-- A GIN index keeps a list of what has yet to be sorted in, and every search reads all of it: with 5,000 entries that was most of
-- what a search took, and enough to make the planner leave the index alone. An entry is written rarely and sought often.
drop index register.found_words, register.found_occupations, register.found_ukprns, register.fact_words;
create index found_words on register.found using gin (words) with (fastupdate = off);
create index found_occupations on register.found using gin (occupations) with (fastupdate = off);
create index found_ukprns on register.found using gin (ukprns) with (fastupdate = off);
create index fact_words on register.fact using gin (words) with (fastupdate = off);
