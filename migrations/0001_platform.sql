-- Companies, logins, sessions; the rules that every later table follows; audit and outbox.

create extension if not exists btree_gist;

-- The company of the transaction. Unset means no row of any company is visible.
create function current_company() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.company', true), '')::uuid;

-- Seals a table: the app's role sees and writes only rows of the company of its transaction.
create function seal(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy sealed on %s using (company_id = (select current_company())) with check (company_id = (select current_company()))',
    target);
  execute format('grant select, insert, update, delete on %s to terrace_app', target);
end $$;

-- Tables without a seal, an explicit list that a test reads: company, login, session, api_key, sign_in_attempt.
create table company (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
  zone text not null default 'Asia/Shanghai',
  fiscal_start int not null default 1 check (fiscal_start between 1 and 12),
  language text not null default 'zh' check (language in ('zh', 'en')),
  demo boolean not null default false,
  -- Names of the tiers from the top, proposed for new units: 公司, 大区, 团队 …
  tiers text[] not null default '{}',
  -- Grows with every change of units, people or assignments: what was derived from the org is stale when it differs.
  org_version bigint not null default 1,
  created_at timestamptz not null default now()
);
grant select, insert, update on company to terrace_app;

create table login (
  id uuid primary key,
  email text unique,
  phone text unique,
  password_hash text not null,
  -- Set with a one-time password: nothing else is served until the person has chosen their own.
  must_change boolean not null default false,
  created_at timestamptz not null default now(),
  check (email is not null or phone is not null),
  check (email = lower(email))
);
grant select, insert, update, delete on login to terrace_app;

-- Which companies a login may enter; the person's row itself is sealed.
create table session (
  token_hash text primary key,
  -- People of the demo are entered without a login.
  login_id uuid references login (id) on delete cascade,
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  origin text
);
create index session_by_login on session (login_id);
grant select, insert, update, delete on session to terrace_app;

create table api_key (
  key_hash text primary key,
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
grant select, insert, update, delete on api_key to terrace_app;

-- Attempts to sign in, counted by hashed identifier, by address and by both: what is counted need not exist.
create table sign_in_attempt (
  key_hash text primary key,
  count int not null,
  since timestamptz not null
);
create index sign_in_attempt_by_age on sign_in_attempt (since);
grant select, insert, update, delete on sign_in_attempt to terrace_app;

-- One act of one person: what undo, imports, bulk edits and merges refer to.
create table operation (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  kind text not null,
  person_id uuid,
  at timestamptz not null default now(),
  request_id text,
  primary key (company_id, id)
);
select seal('operation');

-- What changed, before and after. The app writes it and never changes it.
create table audit_entry (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  operation_id uuid not null,
  at timestamptz not null default now(),
  person_id uuid,
  object text not null,
  record_id uuid not null,
  action text not null,
  before jsonb,
  after jsonb,
  primary key (company_id, id)
);
create index audit_by_record on audit_entry (company_id, object, record_id, id);
select seal('audit_entry');
revoke update, delete on audit_entry from terrace_app;

-- The outbox: what follows from a change follows from its event.
create table event (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  operation_id uuid not null,
  person_id uuid,
  at timestamptz not null default now(),
  handled_at timestamptz,
  primary key (company_id, id)
);
create index event_waiting on event (company_id, id) where handled_at is null;
select seal('event');

-- Companies with waiting events; runs as its owner because the dispatcher looks across companies before it enters one.
create function companies_with_events() returns setof uuid
  language sql stable security definer set search_path = public
  as $$ select distinct company_id from event where handled_at is null $$;
revoke all on function companies_with_events() from public;
grant execute on function companies_with_events() to terrace_app;
