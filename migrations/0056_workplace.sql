-- Where a company works together (企业微信, 钉钉, 飞书): connections, who is who, runs of the sync.

create table workplace_connection (
  company_id uuid not null references company (id) on delete cascade,
  brand text not null check (brand in ('wecom', 'dingtalk', 'feishu')),
  corp_id text,
  app_id text not null,
  -- Null: disconnected; which company it was is kept, so that people are known again when it is back.
  sealed_secret text,
  -- Origin of a private installation; null: the brand's own.
  server text,
  is_sign_in_on boolean not null,
  is_sync_on boolean not null,
  -- Department there that the sync begins at; null: everything that the app may see.
  root_department text,
  -- Unit here below which their departments stand; null: the top.
  unit_id uuid,
  -- What new people become.
  role text not null,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  -- Code of the failure, and the brand's own code and words.
  last_failure text,
  last_failure_detail text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, brand),
  foreign key (company_id, unit_id) references unit (company_id, id)
);
select seal('workplace_connection');

-- Which department is which unit, which of their accounts is which person.
create table workplace_link (
  company_id uuid not null references company (id) on delete cascade,
  brand text not null check (brand in ('wecom', 'dingtalk', 'feishu')),
  kind text not null check (kind in ('department', 'person')),
  external_id text not null,
  unit_id uuid,
  person_id uuid,
  -- The day on which the sync saw that the person was gone there, and deactivated them here.
  left_on date,
  linked_at timestamptz not null default now(),
  primary key (company_id, brand, kind, external_id),
  foreign key (company_id, unit_id) references unit (company_id, id) on delete cascade,
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade,
  check (case kind when 'department' then unit_id is not null and person_id is null
    else person_id is not null and unit_id is null end)
);
create unique index workplace_link_unit on workplace_link (company_id, brand, unit_id) where unit_id is not null;
create unique index workplace_link_person on workplace_link (company_id, brand, person_id) where person_id is not null;
create index workplace_link_by_person on workplace_link (company_id, person_id) where person_id is not null;
select seal('workplace_link');

create table workplace_run (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  brand text not null check (brand in ('wecom', 'dingtalk', 'feishu')),
  is_preview boolean not null,
  -- Also where it deactivates or closes more than people expect.
  is_confirmed boolean not null,
  -- Null: by the clock.
  asked_by uuid,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'partly', 'held', 'failed')),
  counts jsonb not null default '{}',
  problem text,
  detail text,
  started_at timestamptz not null default now(),
  -- When it last showed life: one that does not any more is given up when the next one is asked for.
  seen_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, asked_by) references person (company_id, id)
);
create index workplace_run_newest on workplace_run (company_id, brand, started_at);
create unique index workplace_run_open on workplace_run (company_id, brand) where state in ('queued', 'running');
select seal('workplace_run');

-- What a run changed, or would.
create table workplace_change (
  company_id uuid not null references company (id) on delete cascade,
  run_id uuid not null,
  number int not null,
  kind text not null,
  name text not null,
  unit_id uuid,
  person_id uuid,
  before text,
  after text,
  -- Why it was not done, in both languages.
  problem jsonb,
  primary key (company_id, run_id, number),
  foreign key (company_id, run_id) references workplace_run (company_id, id) on delete cascade
);
select seal('workplace_change');
