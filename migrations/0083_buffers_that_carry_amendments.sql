-- An amendment of a child may be carried by what the unit above hands out beyond its own target. What it took out of that
-- buffer stands with the unit, period by period; empty: nothing. Children sum to the target, and the buffer less that.
alter table target add column taken numeric(20, 4)[] not null default '{}' check (
  cardinality(taken) in (0, cardinality(months)) and array_position(taken, null) is null and 0 <= all (taken));
alter table target_level add column taken numeric(20, 4)[] not null default '{}' check (
  cardinality(taken) in (0, cardinality(months)) and array_position(taken, null) is null and 0 <= all (taken));
