-- What runs as the owner looks for its tables in this order: a temporary table of the caller comes last, not first.
alter function companies_with_events() set search_path = public, pg_temp;
alter function acting_person(text, text) set search_path = public, pg_temp;
alter function companies_of_login(uuid) set search_path = public, pg_temp;
alter function people_of_login(uuid) set search_path = public, pg_temp;
alter function remove_unfinished_demo() set search_path = public, pg_temp;
