-- What figures looked like at the end of a day: the tree of a metric and period as it stood, and what changed in the ledger
-- from one night to the next. Written once a night, read as they are, never changed.

-- Who stood where in a snapshot: packed nodes with their parents, and where units stood. The same outline serves night after
-- night until somebody moves.
create table attainment_outline (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  -- SHA-256 of the outline before it was packed.
  digest bytea not null,
  outline bytea not null,
  primary key (company_id, id),
  unique (company_id, digest)
);
select seal('attainment_outline');
revoke update, delete on attainment_outline from terrace_app;

create table attainment_snapshot (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  structure_id uuid not null,
  metric text not null,
  -- Key of the fiscal period, and its days `[from_day, to_day)` as the calendar had them then.
  period text not null,
  from_day date not null,
  to_day date not null,
  -- The day whose end it shows.
  on_day date not null,
  -- Taken when the period was closed: there is one, and it stays for good.
  is_closing boolean not null,
  taken_at timestamptz not null default now(),
  -- Who closed the period by hand.
  taken_by uuid,
  metric_version int not null,
  plan_id uuid,
  plan_version int,
  workdays int not null,
  workdays_elapsed int not null,
  -- The turn of the window after which it was taken: the ledger was the same then.
  turn int not null,
  outline_id uuid not null,
  -- Packed numerators, denominators and targets in the order of the outline's nodes.
  figures bytea not null,
  primary key (company_id, id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  foreign key (company_id, outline_id) references attainment_outline (company_id, id),
  foreign key (company_id, taken_by) references person (company_id, id)
);
create unique index attainment_snapshot_of_night on attainment_snapshot (company_id, structure_id, metric, period, on_day)
  where not is_closing;
create unique index attainment_snapshot_of_closing on attainment_snapshot (company_id, structure_id, metric, period)
  where is_closing;
create index attainment_snapshot_by_outline on attainment_snapshot (company_id, outline_id);
select seal('attainment_snapshot');
revoke update, delete on attainment_snapshot from terrace_app;

-- The nights that are done.
create table attainment_night (
  company_id uuid not null references company (id) on delete cascade,
  day date not null,
  done_at timestamptz not null default now(),
  primary key (company_id, day)
);
select seal('attainment_night');

-- The ledger of a metric as it was at the last turn (mostly last night), for the days `[from_day, to_day)`: what differs from
-- it has changed since.
create table attainment_window (
  company_id uuid not null references company (id) on delete cascade,
  structure_id uuid not null,
  metric text not null,
  from_day date not null,
  to_day date not null,
  -- Grows with every turn.
  turn int not null,
  -- The days whose end the first and the last turn kept.
  since_day date not null,
  on_day date not null,
  primary key (company_id, structure_id, metric),
  foreign key (company_id, structure_id) references structure (company_id, id)
);
select seal('attainment_window');

create table attainment_kept (
  company_id uuid not null references company (id) on delete cascade,
  structure_id uuid not null,
  metric text not null,
  record_id uuid not null,
  part int not null,
  object text not null,
  day date not null,
  unit_id uuid not null,
  person_id uuid not null,
  numerator numeric(20, 4) not null,
  denominator numeric(20, 4) not null,
  amount numeric(20, 4),
  currency text,
  metric_version int not null,
  primary key (company_id, structure_id, metric, record_id, part)
);
select seal('attainment_kept');

-- What a record brought at the turn before and at this one: lists of
-- [day, unit, person, numerator, denominator, amount, currency, metric version]; empty where it brought nothing.
create table attainment_change (
  company_id uuid not null references company (id) on delete cascade,
  structure_id uuid not null,
  metric text not null,
  turn int not null,
  record_id uuid not null,
  on_day date not null,
  object text not null,
  before jsonb not null,
  after jsonb not null,
  primary key (company_id, structure_id, metric, turn, record_id)
);
select seal('attainment_change');
revoke update, delete on attainment_change from terrace_app;

-- Companies with plans whose last night is still to be done; runs as its owner because the job looks before it enters one.
create function companies_without_night() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select c.id from company c
    where (now() at time zone c.zone)::time >= '00:05'
      and exists (select from plan p where p.company_id = c.id)
      and not exists (
        select from attainment_night n where n.company_id = c.id and n.day >= (now() at time zone c.zone)::date - 1)
  $$;
revoke all on function companies_without_night() from public;
grant execute on function companies_without_night() to terrace_app;

-- Retention: every night for 100 days, then the nights of Sundays for three years, closings for good; changes of records for
-- 400 days. The app can take nothing else away.
create function forget_attainment(today date) returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    delete from attainment_snapshot where company_id = current_company() and not is_closing
      and least(today, now()::date + 1) - on_day > case when extract(isodow from on_day) = 7 then 1096 else 100 end;
    delete from attainment_change where company_id = current_company() and least(today, now()::date + 1) - on_day > 400;
    delete from attainment_outline o where company_id = current_company() and not exists (
      select from attainment_snapshot s where s.company_id = o.company_id and s.outline_id = o.id);
  $$;
revoke all on function forget_attainment(date) from public;
grant execute on function forget_attainment(date) to terrace_app;
