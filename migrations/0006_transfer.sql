-- Imports: the files that came in, the runs, what was refused and what waits for a later row.

create table stored_file (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  name text not null,
  size bigint not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
select seal('stored_file');

-- One file going into one object. The runs of a set share `set_id` and go in order of `position`.
create table import_run (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  set_id uuid not null,
  set_name text,
  position int not null default 0,
  file_id uuid not null,
  object text not null,
  mapping jsonb not null,
  -- A rehearsal: everything is tried and nothing kept.
  is_dry boolean not null default false,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  rows_total int,
  -- Rows of the file that are dealt with: written in the transaction of the rows, so that a resumed run doubles none.
  rows_read int not null default 0,
  created_count int not null default 0,
  updated_count int not null default 0,
  unchanged_count int not null default 0,
  rejected_count int not null default 0,
  skipped_count int not null default 0,
  operation_id uuid not null,
  problem jsonb,
  created_by uuid,
  language text not null default 'zh' check (language in ('zh', 'en')),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, file_id) references stored_file (company_id, id)
);
create index import_run_of_set on import_run (company_id, set_id, position);
create index import_run_newest on import_run (company_id, created_at desc, id);
select seal('import_run');

-- A refused row as the file had it. `is_kept`: the row was saved, only a field of it was not.
create table import_reject (
  company_id uuid not null references company (id) on delete cascade,
  import_id uuid not null,
  line int not null,
  part int not null,
  cells jsonb not null,
  faults jsonb not null,
  is_kept boolean not null default false,
  primary key (company_id, import_id, line, part),
  foreign key (company_id, import_id) references import_run (company_id, id) on delete cascade
);
select seal('import_reject');

-- A reference to a record that a later row of the same file may bring; followed up when all rows are read.
create table import_postponed (
  company_id uuid not null references company (id) on delete cascade,
  import_id uuid not null,
  line int not null,
  field text not null,
  record_id uuid not null,
  written text not null,
  cells jsonb not null,
  primary key (company_id, import_id, line, field),
  foreign key (company_id, import_id) references import_run (company_id, id) on delete cascade
);
select seal('import_postponed');

-- Descriptions that people keep: how a file becomes records, or how a whole set of files does.
create table import_description (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('mapping', 'set')),
  object text,
  name text not null,
  description jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, kind, name)
);
select seal('import_description');
