-- Second factors, links that open a door once, the list of sessions, growing pauses after failures, a company's policy.

alter table session
  add column id uuid not null default gen_random_uuid() unique,
  add column seen_at timestamptz not null default now(),
  add column address text,
  add column way text not null default 'password' check (way in ('password', 'link', 'oidc', 'demo'));
create index session_by_person on session (company_id, person_id);
create index api_key_by_person on api_key (company_id, person_id);

-- Each lock is twice as long as the one before. The identifier's own hash lets an administrator lift all of its locks.
alter table sign_in_attempt
  add column identifier_hash text,
  add column locks int not null default 0,
  add column locked_until timestamptz;
create index sign_in_attempt_by_identifier on sign_in_attempt (identifier_hash) where identifier_hash is not null;

-- A link that an invitation or a reset hands out: found by its token before the company is known, gone once used.
create table sign_in_link (
  token_hash text primary key,
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  purpose text not null check (purpose in ('invitation', 'reset')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
create index sign_in_link_by_person on sign_in_link (company_id, person_id);
grant select, insert, update, delete on sign_in_link to terrace_app;

-- One-time codes by an app, of a login and so of all its companies. The secret is sealed with the installation's own.
create table second_factor (
  login_id uuid primary key references login (id) on delete cascade,
  sealed text not null,
  -- The last half minute whose code was taken: none counts twice.
  last_step bigint not null default 0,
  confirmed_at timestamptz,
  created_at timestamptz not null default now()
);
grant select, insert, update, delete on second_factor to terrace_app;

create table recovery_code (
  login_id uuid not null references login (id) on delete cascade,
  code_hash text not null,
  primary key (login_id, code_hash)
);
grant select, insert, update, delete on recovery_code to terrace_app;

-- How people of a company sign in. No row: passwords of 8 characters, a second factor for whoever wants it.
create table sign_in_policy (
  company_id uuid primary key references company (id) on delete cascade,
  version int not null default 1,
  second_factor text not null default 'nobody' check (second_factor in ('nobody', 'roles', 'everybody')),
  second_factor_roles text[] not null default '{}',
  password_least int not null default 8 check (password_least between 8 and 64),
  password_sign_in boolean not null default true,
  oidc_on boolean not null default false,
  -- What the button on the sign-in page says.
  oidc_name text,
  oidc_issuer text,
  oidc_client_id text,
  oidc_secret text,
  -- Whether somebody whom the identity provider knows and the company does not becomes a person of it.
  oidc_adds_people boolean not null default false,
  oidc_domains text[] not null default '{}',
  oidc_last_success_at timestamptz,
  oidc_last_problem text,
  oidc_last_problem_at timestamptz
);
select seal('sign_in_policy');

-- Whom an identity provider means by its subject.
create table oidc_identity (
  company_id uuid not null references company (id) on delete cascade,
  issuer text not null,
  subject text not null,
  person_id uuid not null,
  linked_at timestamptz not null default now(),
  primary key (company_id, issuer, subject),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
create index oidc_identity_by_person on oidc_identity (company_id, person_id);
select seal('oidc_identity');

-- What a session still lacks, asked with the person it stands for: as the owner, before the company is known.
create function session_standing(session_hash text)
  returns table (session_id uuid, seen_at timestamptz, second_factor_due boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select s.id, s.seen_at,
      s.login_id is not null and s.way in ('password', 'link')
      and exists (
        select from sign_in_policy p join person n on n.company_id = s.company_id and n.id = s.person_id
        where p.company_id = s.company_id
          and (p.second_factor = 'everybody' or p.second_factor = 'roles' and n.role = any(p.second_factor_roles)))
      and not exists (select from second_factor f where f.login_id = s.login_id and f.confirmed_at is not null)
    from session s where s.token_hash = session_hash
  $$;
revoke all on function session_standing(text) from public;
grant execute on function session_standing(text) to terrace_app;
