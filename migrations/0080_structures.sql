-- Structures that a company makes, renames and closes. A closed one stays readable on earlier days.

alter table structure
  add closed_on date,
  add version int not null default 1;
