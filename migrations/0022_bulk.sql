-- Changes of many records at once, each one operation, done by a job in portions.

create table bulk_run (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  act text not null check (act in ('update', 'delete')),
  -- What every record is set to.
  changes jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  rows_total int not null,
  changed_count int not null default 0,
  unchanged_count int not null default 0,
  refused_count int not null default 0,
  operation_id uuid not null,
  created_by uuid,
  language text not null default 'zh' check (language in ('zh', 'en')),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (company_id, id)
);
create index bulk_run_newest on bulk_run (company_id, created_at desc, id);
select seal('bulk_run');

-- The records that were meant when it was asked for, until they are dealt with; then only those refused, with why.
create table bulk_row (
  company_id uuid not null references company (id) on delete cascade,
  bulk_id uuid not null,
  record_id uuid not null,
  faults jsonb,
  primary key (company_id, bulk_id, record_id),
  foreign key (company_id, bulk_id) references bulk_run (company_id, id) on delete cascade
);
create index bulk_row_waiting on bulk_row (company_id, bulk_id, record_id) where faults is null;
select seal('bulk_row');
