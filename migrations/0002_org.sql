-- Org tiers: structures, units whose parentage has dates, people, assignments, fiscal periods.

create table structure (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  key text not null,
  name_zh text not null,
  name_en text not null,
  is_default boolean not null default false,
  primary key (company_id, id),
  unique (company_id, key)
);
create unique index one_default_structure on structure (company_id) where is_default;
select seal('structure');

create table person (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  login_id uuid references login (id),
  name text not null,
  employee_no text,
  email text,
  phone text,
  role text not null default 'representative'
    check (role in ('administrator', 'operations', 'director', 'manager', 'representative')),
  is_active boolean not null default true,
  language text check (language in ('zh', 'en')),
  theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
  density text not null default 'comfortable' check (density in ('comfortable', 'compact')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, login_id)
);
create unique index person_employee_no on person (company_id, employee_no) where employee_no is not null;
create unique index person_email on person (company_id, lower(email)) where email is not null;
create index person_name on person (company_id, name);
create index person_by_login on person (login_id) where login_id is not null;
select seal('person');
alter table session add foreign key (company_id, person_id) references person (company_id, id) on delete cascade;
alter table api_key add foreign key (company_id, person_id) references person (company_id, id) on delete cascade;

-- Who a session or an API key stands for, with the company: asked once per request, before the company is known.
create function acting_person(session_hash text, api_key_hash text)
  returns table (
    company_id uuid, slug text, company_name text, currency text, zone text, fiscal_start int, company_language text,
    demo boolean, org_version bigint, person_id uuid, login_id uuid, person_name text, role text, language text,
    must_change boolean, expires_at timestamptz, created_at timestamptz)
  language sql stable security definer set search_path = public
  as $$
    select c.id, c.slug, c.name, c.currency, c.zone, c.fiscal_start, c.language, c.demo, c.org_version,
      p.id, p.login_id, p.name, p.role, p.language, k.must_change, k.expires_at, k.created_at
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

-- In how many companies a login has a person, active or not: an administrator of one may not reset it for all.
create function companies_of_login(wanted uuid) returns bigint
  language sql stable security definer set search_path = public
  as $$ select count(*) from person where login_id = wanted $$;
revoke all on function companies_of_login(uuid) from public;
grant execute on function companies_of_login(uuid) to terrace_app;

-- The people that a login has, one per company: sign-in asks before it knows the company.
create function people_of_login(wanted uuid)
  returns table (company_id uuid, slug text, name text, person_id uuid)
  language sql stable security definer set search_path = public
  as $$
    select c.id, c.slug, c.name, p.id from person p join company c on c.id = p.company_id
    where p.login_id = wanted and p.is_active order by c.name
  $$;
revoke all on function people_of_login(uuid) from public;
grant execute on function people_of_login(uuid) to terrace_app;

create table unit (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  structure_id uuid not null,
  name text not null,
  code text,
  -- Label of the tier: 公司, 大区, 分公司, 团队 …
  tier text,
  head_id uuid,
  position int not null default 0,
  closed_on date,
  territory jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  foreign key (company_id, head_id) references person (company_id, id)
);
create unique index unit_code on unit (company_id, structure_id, code) where code is not null;
select seal('unit');

-- Where a unit stood in the tree, `[from_day, to_day)`. No parent: the top.
create table unit_parent (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  structure_id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  from_day date not null default '-infinity',
  to_day date not null default 'infinity',
  primary key (company_id, id),
  foreign key (company_id, unit_id) references unit (company_id, id) on delete cascade,
  foreign key (company_id, parent_id) references unit (company_id, id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  check (from_day < to_day),
  check (parent_id <> unit_id),
  constraint one_parent_at_a_time exclude using gist (company_id with =, unit_id with =, daterange(from_day, to_day) with &&)
);
create index unit_parent_by_structure on unit_parent (company_id, structure_id);
select seal('unit_parent');

-- A person in a unit for `[from_day, to_day)`. The main assignment is where results are credited.
create table assignment (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  structure_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  position text,
  rep_tier text,
  -- Percent of working time.
  share numeric(5, 2) not null default 100 check (share > 0 and share <= 100),
  is_main boolean not null default true,
  from_day date not null default '-infinity',
  to_day date not null default 'infinity',
  primary key (company_id, id),
  foreign key (company_id, person_id) references person (company_id, id),
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  check (from_day < to_day),
  constraint one_main_assignment_at_a_time exclude using gist (
    company_id with =, structure_id with =, person_id with =, daterange(from_day, to_day) with &&) where (is_main)
);
create index assignment_by_person on assignment (company_id, person_id);
create index assignment_by_unit on assignment (company_id, unit_id);
select seal('assignment');

-- Derived from assignments: for each person and structure, spans that cover all time without gap or overlap.
-- Without an assignment the unit is null. Crediting joins here, so that no fact falls out of the sums.
create table credit_span (
  company_id uuid not null references company (id) on delete cascade,
  structure_id uuid not null,
  person_id uuid not null,
  from_day date not null,
  to_day date not null,
  unit_id uuid,
  primary key (company_id, structure_id, person_id, from_day),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id)
);
select seal('credit_span');

-- Fiscal periods of the company's calendar, `[from_day, to_day)`.
create table period (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('year', 'quarter', 'month')),
  key text not null,
  year int not null,
  number int not null,
  from_day date not null,
  to_day date not null,
  primary key (company_id, id),
  unique (company_id, key),
  check (from_day < to_day),
  constraint periods_of_a_kind_do_not_overlap exclude using gist (
    company_id with =, kind with =, daterange(from_day, to_day) with &&)
);
select seal('period');

-- Units in the tree of a day, each with its path from the top. Roots first.
create function units_on(wanted_structure uuid, on_day date)
  returns table (unit_id uuid, parent_id uuid, path uuid[])
  language sql stable
  as $$
    with recursive placed as (
      select p.unit_id, p.parent_id from unit_parent p
      where p.structure_id = wanted_structure and p.from_day <= on_day and on_day < p.to_day
        and p.company_id = (select current_company())
    ), walk as (
      select unit_id, parent_id, array[unit_id] as path from placed where parent_id is null
      union all
      select c.unit_id, c.parent_id, w.path || c.unit_id from placed c join walk w on c.parent_id = w.unit_id
    )
    select unit_id, parent_id, path from walk
  $$;
grant execute on function units_on(uuid, date) to terrace_app;

create table exchange_rate (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  from_day date not null,
  -- One unit of the currency in the company's base currency, from this day on.
  rate numeric(20, 8) not null check (rate > 0),
  primary key (company_id, id),
  unique (company_id, currency, from_day)
);
select seal('exchange_rate');
