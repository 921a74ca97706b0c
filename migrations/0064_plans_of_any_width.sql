-- A plan is as wide as its fiscal year has leaf periods: 12 months, 13 four-week periods, 52 weeks, or a list of the
-- company's own. Beside the target it may have a floor and a stretch, and tiers may hand out more than they got.

alter table target drop constraint target_months_check;
alter table target drop constraint target_locked_check;
alter table target
  add constraint target_months_check check (
    array_length(months, 1) between 1 and 60 and array_position(months, null) is null),
  add constraint target_locked_check check (
    array_length(locked, 1) = array_length(months, 1) and array_position(locked, null) is null),
  -- How much more than its own target a unit hands out, in hundredths of a percent: 500 hands out 105 %.
  add column buffer int not null default 0 check (buffer between 0 and 5000);

-- Which levels a plan has beside the target.
alter table plan add column levels text[] not null default '{}' check (levels <@ '{floor,stretch}');

-- The cells of the other levels, row by row beside `target`, which holds the tree. A row that is not here is zero.
create table target_level (
  company_id uuid not null references company (id) on delete cascade,
  plan_id uuid not null,
  level text not null check (level in ('floor', 'stretch')),
  unit_id uuid not null,
  person_id uuid not null,
  months numeric(20, 4)[] not null check (
    array_length(months, 1) between 1 and 60 and array_position(months, null) is null),
  locked boolean[] not null check (
    array_length(locked, 1) = array_length(months, 1) and array_position(locked, null) is null),
  primary key (company_id, plan_id, level, unit_id, person_id),
  foreign key (company_id, plan_id, unit_id, person_id)
    references target (company_id, plan_id, unit_id, person_id) on delete cascade,
  check (0 <= all (months))
);
select seal('target_level');
