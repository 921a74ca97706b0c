-- Duplicates: what records are compared by, what was found in the whole base, what was judged, and what was merged.

-- 统一社会信用代码
alter table account add column credit_code text;

-- What a living record is compared by: `comparison` names fields and ways, `key` is the normalised value. Two records
-- that share a row but for the record are suspected to be one. The key is the whole row: records are found by equality.
create table duplicate_key (
  company_id uuid not null references company (id) on delete cascade,
  object text collate "C" not null,
  comparison text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  primary key (company_id, object, comparison, key, record_id)
);
select seal('duplicate_key');

-- Which comparisons have the keys of all records; while `building`, a job writes those of records that were there before.
create table duplicate_index (
  company_id uuid not null references company (id) on delete cascade,
  object text not null,
  comparison text not null,
  state text not null check (state in ('building', 'ready')),
  done_count bigint not null default 0,
  primary key (company_id, object, comparison)
);
select seal('duplicate_index');

-- One look through all records of an object.
create table duplicate_scan (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  keys_total bigint not null default 0,
  keys_done bigint not null default 0,
  groups_count int not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company_id, id)
);
create index duplicate_scan_newest on duplicate_scan (company_id, object, created_at desc);
select seal('duplicate_scan');

-- What the newest scan found: records of one place are suspected to be one.
create table duplicate_suspect (
  company_id uuid not null references company (id) on delete cascade,
  scan_id uuid not null,
  place int not null,
  record_id uuid not null,
  -- Ids of the rules that connect it with the others.
  rules text[] not null,
  primary key (company_id, scan_id, place, record_id),
  foreign key (company_id, scan_id) references duplicate_scan (company_id, id) on delete cascade
);
select seal('duplicate_suspect');

-- Somebody said that these two are not the same. `one_id` is the smaller of both.
create table duplicate_apart (
  company_id uuid not null references company (id) on delete cascade,
  object text not null,
  one_id uuid not null,
  other_id uuid not null,
  said_by uuid,
  said_at timestamptz not null default now(),
  primary key (company_id, object, one_id, other_id),
  check (one_id < other_id)
);
create index duplicate_apart_by_other on duplicate_apart (company_id, object, other_id);
select seal('duplicate_apart');

-- Records that no merge may take away.
create table record_protection (
  company_id uuid not null references company (id) on delete cascade,
  object text not null,
  record_id uuid not null,
  reason text not null,
  protected_by uuid,
  protected_at timestamptz not null default now(),
  primary key (company_id, object, record_id)
);
select seal('record_protection');

-- Records that became part of another: one operation, which can be undone.
create table record_merge (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  winner_id uuid not null,
  operation_id uuid not null,
  -- How many records were moved, by object and in all.
  moved jsonb not null,
  merged_by uuid,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (company_id, id)
);
create index record_merge_newest on record_merge (company_id, merged_at desc, id);
select seal('record_merge');

create table record_merge_loser (
  company_id uuid not null references company (id) on delete cascade,
  merge_id uuid not null,
  object text not null,
  record_id uuid not null,
  primary key (company_id, merge_id, record_id),
  foreign key (company_id, merge_id) references record_merge (company_id, id) on delete cascade
);
create index record_merge_by_loser on record_merge_loser (company_id, object, record_id);
select seal('record_merge_loser');
