-- Rights of natural persons: what they agreed to, and runs that export or erase what is kept of them.

-- Append-only: the newest row of a kind says how it stands.
create table consent (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  record_id uuid not null,
  kind text not null check (kind in ('calls', 'messages', 'email', 'sharing', 'profiling')),
  state text not null check (state in ('given', 'withdrawn')),
  -- The day on which the person said so.
  said_on date not null,
  channel text not null check (channel in ('paper', 'web', 'phone', 'message', 'email', 'meeting', 'other')),
  -- Which text was agreed to.
  text_version text,
  note text,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, recorded_by) references person (company_id, id)
);
create index consent_of_record on consent (company_id, object, record_id, id);
select seal('consent');
-- The erasure of a person takes words out of notes.
revoke delete, update on consent from terrace_app;
grant update (note, record_id) on consent to terrace_app;

create table personal_run (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  act text not null check (act in ('export', 'erasure')),
  object text not null,
  record_id uuid not null,
  reason text,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  -- Parts of the work that are dealt with, of how many.
  parts_done int not null default 0,
  parts_total int not null default 0,
  -- How much of what was found, by kind.
  counts jsonb not null default '{}',
  -- Of an export: the archive, until it is forgotten.
  file_id uuid,
  operation_id uuid not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, created_by) references person (company_id, id)
);
create index personal_run_of_record on personal_run (company_id, object, record_id, id);
create index personal_run_open on personal_run (company_id, id) where state in ('queued', 'running');
select seal('personal_run');
