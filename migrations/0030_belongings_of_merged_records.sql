-- Comments and files that a merge moved from a loser to its winner, and from where, so that its undo brings them back.
create table record_merge_part (
  company_id uuid not null references company (id) on delete cascade,
  merge_id uuid not null,
  -- The table in which it lies.
  belonging text not null,
  part_id uuid not null,
  from_id uuid not null,
  primary key (company_id, merge_id, belonging, part_id),
  foreign key (company_id, merge_id) references record_merge (company_id, id) on delete cascade
);
select seal('record_merge_part');
