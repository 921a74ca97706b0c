-- Roles as a company set them; records shared by rule and one by one.

-- Standard roles have a row only where the company changed them.
create table access_role (
  company_id uuid not null references company (id) on delete cascade,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  label jsonb not null,
  basis text not null check (basis in ('administrator', 'operations', 'director', 'manager', 'representative')),
  -- Where it differs from the standard role.
  definition jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, key)
);
select seal('access_role');

-- A person may hold a role that the company made.
alter table person drop constraint person_role_check;

create table sharing_rule (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  label jsonb not null,
  filter jsonb not null,
  grantee_kind text not null check (grantee_kind in ('person', 'unit', 'below', 'role')),
  grantee_id text not null,
  level text not null check (level in ('read', 'write')),
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id)
);
select seal('sharing_rule');

-- One record shared with somebody: as a member of its team, who has a part in it, or by hand.
create table record_share (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  record_id uuid not null,
  -- `person:<id>`, `unit:<id>`, `below:<id>` or `role:<key>`.
  grantee text not null,
  level text not null check (level in ('read', 'write')),
  -- What a member of the team does there, e.g. 售前; null: shared by hand.
  part text,
  note text,
  -- The last day on which it holds.
  until_day date,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
create index record_share_by_record on record_share (company_id, object, record_id);
create index record_share_by_grantee on record_share (company_id, object, grantee, record_id);
select seal('record_share');
