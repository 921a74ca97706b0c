-- Until which day a snapshot counted. A level of a period that goes on is that of the end of its day; before, it was read as
-- that of the period's last day, what was not due yet among it.

alter table attainment_snapshot add column counted_to date;
update attainment_snapshot set counted_to = to_day;
alter table attainment_snapshot alter column counted_to set not null;
