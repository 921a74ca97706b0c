-- The queue belongs to the owner of the database. Who looks after a company sees and moves the jobs of that company,
-- by these functions and no other way. The queue's own tables are made after this file: they are looked up when called.

create function company_jobs() returns table (
    id text, task text, key text, state text, run_at timestamptz, created_at timestamptz, attempts int, max_attempts int,
    last_error text, locked_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select j.id::text, t.identifier, substr(j.key, 38),
      case when j.locked_at is not null then 'running'
        when j.attempts >= j.max_attempts then 'failed'
        when j.run_at > now() then 'scheduled'
        else 'queued' end,
      j.run_at, j.created_at, j.attempts::int, j.max_attempts::int, j.last_error, j.locked_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'companyId' = current_company()::text
    order by j.id desc limit 500;
end $$;
revoke all on function company_jobs() from public;
grant execute on function company_jobs() to terrace_app;

-- Lets a job that is not running begin at once, with all its tries before it; false if there is none.
create function retry_company_job(wanted bigint) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from graphile_worker._private_jobs j
    where j.id = wanted and j.payload ->> 'companyId' = current_company()::text;
  if not found then return false; end if;
  perform from graphile_worker.reschedule_jobs(array[wanted], run_at => now(), attempts => 0);
  return found;
end $$;
revoke all on function retry_company_job(bigint) from public;
grant execute on function retry_company_job(bigint) to terrace_app;

-- Takes a job that is not running out of the queue; false if there is none.
create function cancel_company_job(wanted bigint) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from graphile_worker._private_jobs j
    where j.id = wanted and j.payload ->> 'companyId' = current_company()::text;
  if not found then return false; end if;
  perform from graphile_worker.complete_jobs(array[wanted]);
  return found;
end $$;
revoke all on function cancel_company_job(bigint) from public;
grant execute on function cancel_company_job(bigint) to terrace_app;

-- What runs by the clock, for all companies alike.
create function job_schedule() returns table (task text, last_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select c.identifier, c.last_execution from graphile_worker._private_known_crontabs c order by 1;
end $$;
revoke all on function job_schedule() from public;
grant execute on function job_schedule() to terrace_app;
