-- How a company judges attainment, and which nodes are known to be behind their pace.

-- No row: the usual settings.
create table attainment_settings (
  company_id uuid primary key references company (id) on delete cascade,
  version int not null default 1,
  -- As `features/targets/attainment-settings.ts` reads it.
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  foreign key (company_id, updated_by) references person (company_id, id)
);
select seal('attainment_settings');

-- A node that fell behind; told once until it has recovered.
create table attainment_alert (
  company_id uuid not null references company (id) on delete cascade,
  metric text not null,
  period text not null,
  unit_id uuid not null,
  begun_on date not null,
  -- Null: still behind.
  recovered_on date,
  primary key (company_id, metric, period, unit_id, begun_on),
  foreign key (company_id, unit_id) references unit (company_id, id)
);
create unique index attainment_alert_open on attainment_alert (company_id, metric, period, unit_id)
  where recovered_on is null;
select seal('attainment_alert');
