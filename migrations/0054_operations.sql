-- Backups of the whole installation: like a login they belong to no company. Written as the owner, who takes them.
create table backup_run (
  id uuid primary key,
  reason text not null check (reason in ('asked', 'scheduled', 'command')),
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  file text not null,
  -- Name of the machine on which the file lies.
  host text not null,
  -- How far it is, from 0 to 1.
  share double precision not null default 0,
  bytes bigint,
  row_count bigint,
  content_count bigint,
  -- Contents of files that should have been there and were not.
  lost_count bigint,
  problem text,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index backup_run_newest on backup_run (started_at desc);
grant select on backup_run to terrace_app;

-- How the installation is, over all companies: for those who watch over it. The queue of jobs comes after the migrations, so
-- what is said of it is looked up when it is asked for.
create function system_figures() returns table (
  database_bytes bigint,
  events_waiting bigint,
  events_waiting_since timestamptz,
  events_parked bigint,
  jobs_waiting bigint,
  jobs_waiting_since timestamptz,
  jobs_running bigint,
  jobs_failed bigint
) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select pg_database_size(current_database()), e.waiting, e.since, e.parked, j.waiting, j.since, j.running, j.failed
  from (
    select count(*) filter (where parked_at is null) as waiting, min(at) filter (where parked_at is null) as since,
      count(*) filter (where parked_at is not null) as parked
    from event where handled_at is null
  ) e, (
    select count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as waiting,
      min(run_at) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as since,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts) as failed
    from graphile_worker._private_jobs
  ) j;
end $$;
revoke all on function system_figures() from public;
grant execute on function system_figures() to terrace_app;
