-- One index, so that the planner cannot choose the wrong one: the table fills and empties too quickly for it to be known.
alter table import_tie
  drop constraint import_tie_company_id_import_id_line_fkey,
  add foreign key (company_id, import_id) references import_run (company_id, id) on delete cascade;
drop index import_tie_of_line;
-- Each row keeps its own marks instead.
alter table import_rehearsed add column marks text[] not null default '{}';
