-- Crediting anew after backdated moves, in portions: what is still to do. A run is gone when it is done.
create table recredit_run (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  person_ids uuid[] not null,
  from_day date not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'failed')),
  records_total int,
  -- Written in the transaction of the records, so that a resumed run does none twice.
  records_done int not null default 0,
  -- Records are taken in the order of their keys; this one and those before it are done.
  after_record uuid not null default '00000000-0000-0000-0000-000000000000',
  created_at timestamptz not null default now(),
  failed_at timestamptz,
  primary key (company_id, id)
);
select seal('recredit_run');

-- Events whose handlers fail are tried again later; after some tries they are parked and the events behind them go on.
alter table event
  add column tries int not null default 0,
  add column next_try_at timestamptz,
  -- What the last try came to, as a programmer reads it.
  add column problem text,
  add column parked_at timestamptz;
drop index event_waiting;
create index event_waiting on event (company_id, id) where handled_at is null and parked_at is null;
create index event_parked on event (company_id, id) where parked_at is not null;

create or replace function companies_with_events() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct company_id from event where handled_at is null and parked_at is null $$;
