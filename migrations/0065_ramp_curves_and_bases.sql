-- How newcomers grow into a target, by name: percent of a full target in their first months; then fully.
create table ramp_curve (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  percents int[] not null check (
    array_length(percents, 1) between 1 and 24 and 0 <= all (percents) and 100 >= all (percents)),
  primary key (company_id, id),
  unique (company_id, name)
);
select seal('ramp_curve');

-- What a target was entered relative to ("+20 % on the third quarter"): [{first, last, percent, base, amount}].
alter table target add column bases jsonb not null default '[]';
