-- How the installation fares, asked for every few seconds: what was handled long ago is not read for it.
create or replace function system_figures() returns table (
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
  return query select pg_database_size(current_database()), e.waiting, e.since, p.parked, j.waiting, j.since, j.running, j.failed
  from (
    select count(*) as waiting, min(at) as since from event where handled_at is null and parked_at is null
  ) e, (
    select count(*) as parked from event where parked_at is not null
  ) p, (
    select count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as waiting,
      min(run_at) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as since,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts) as failed
    from graphile_worker._private_jobs
  ) j;
end $$;
