-- A company's fiscal calendar: months from the first of one, weeks, or periods that it lists itself; and the days that
-- are worked or free by its own word.

alter table company
  -- As `engine/calendar/fiscal-calendar.ts` reads it.
  add column fiscal_calendar jsonb not null default '{"kind": "months", "start": 1}',
  -- {"2026-02-14": "work", "2026-03-02": "rest"}
  add column work_exceptions jsonb not null default '{}';
update company set fiscal_calendar = jsonb_build_object('kind', 'months', 'start', fiscal_start);

drop function acting_person(text, text);
create function acting_person(session_hash text, api_key_hash text)
  returns table (
    company_id uuid, slug text, company_name text, currency text, zone text, fiscal_calendar jsonb, work_exceptions jsonb,
    company_language text, demo boolean, org_version bigint, shape_version bigint, person_id uuid, login_id uuid,
    person_name text, role text, language text, must_change boolean, expires_at timestamptz, created_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select c.id, c.slug, c.name, c.currency, c.zone, c.fiscal_calendar, c.work_exceptions, c.language, c.demo,
      c.org_version, c.shape_version, p.id, p.login_id, p.name, p.role, p.language, k.must_change, k.expires_at,
      k.created_at
    from (
      select s.company_id, s.person_id, coalesce(l.must_change, false) as must_change, s.expires_at, s.created_at
      from session s left join login l on l.id = s.login_id where s.token_hash = session_hash and s.expires_at > now()
      union all
      select a.company_id, a.person_id, false, a.expires_at, a.created_at
      from api_key a where a.key_hash = api_key_hash and (a.expires_at is null or a.expires_at > now())
    ) k
    join company c on c.id = k.company_id
    join person p on p.company_id = k.company_id and p.id = k.person_id and p.is_active
  $$;
revoke all on function acting_person(text, text) from public;
grant execute on function acting_person(text, text) to terrace_app;

alter table company drop column fiscal_start;
