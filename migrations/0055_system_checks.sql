-- Whether the figures of a company agree with its records, as an administrator had it looked at.
create table system_check (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  -- Differences by what was compared: {"ledger": 0}.
  found jsonb not null default '{}',
  asked_by uuid,
  asked_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, asked_by) references person (company_id, id)
);
create index system_check_newest on system_check (company_id, asked_at);
select seal('system_check');

-- How many companies share the installation, the demo aside: one of several does not look after the whole.
create function companies_sharing() returns int
  language sql stable security definer set search_path = public, pg_temp
  as $$ select count(*)::int from company where not demo $$;
revoke all on function companies_sharing() from public;
grant execute on function companies_sharing() to terrace_app;
