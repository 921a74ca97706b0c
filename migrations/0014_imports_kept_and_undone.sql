-- Imports: rehearsals in portions, files that are forgotten after a while, and operations that are undone.

-- A run outlives its file.
alter table import_run add column file_name text;
update import_run r set file_name = f.name from stored_file f where f.company_id = r.company_id and f.id = r.file_id;
alter table import_run alter column file_name set not null, alter column file_id drop not null;
create index import_run_of_file on import_run (company_id, file_id) where file_id is not null;

-- While a rehearsal is under way: rows of portions that were taken back, which a later row may hang on.
create table import_rehearsed (
  company_id uuid not null references company (id) on delete cascade,
  import_id uuid not null,
  line int not null,
  values jsonb not null,
  primary key (company_id, import_id, line),
  foreign key (company_id, import_id) references import_run (company_id, id) on delete cascade
);
select seal('import_rehearsed');

-- What such a row changed that a later one may ask about, as a text.
create table import_tie (
  company_id uuid not null references company (id) on delete cascade,
  import_id uuid not null,
  mark text not null,
  line int not null,
  primary key (company_id, import_id, mark, line),
  foreign key (company_id, import_id, line) references import_rehearsed (company_id, import_id, line) on delete cascade
);
create index import_tie_of_line on import_tie (company_id, import_id, line);
select seal('import_tie');

-- Undoing reads what an operation changed, newest first.
create index audit_by_operation on audit_entry (company_id, operation_id, id);

-- An operation that is undone, and how far. What undoes it is an operation too.
create table operation_undo (
  company_id uuid not null references company (id) on delete cascade,
  operation_id uuid not null,
  undone_by uuid not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  entries_total int not null,
  entries_done int not null default 0,
  -- Changes are taken back newest first; this one and those after it are dealt with.
  before_entry uuid not null default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  removed_count int not null default 0,
  restored_count int not null default 0,
  skipped_count int not null default 0,
  person_id uuid,
  asked_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, operation_id)
);
select seal('operation_undo');

-- A record that stayed as it is, and why.
create table operation_undo_skip (
  company_id uuid not null references company (id) on delete cascade,
  operation_id uuid not null,
  object text not null,
  record_id uuid not null,
  faults jsonb not null,
  primary key (company_id, operation_id, object, record_id),
  foreign key (company_id, operation_id) references operation_undo (company_id, operation_id) on delete cascade
);
select seal('operation_undo_skip');
