-- Files that belong to records: beside them, or as values of a file field. The content lies in a store of its own.

create table attachment (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  -- Null: uploaded for a file field of a record that is not saved yet.
  record_id uuid,
  -- Key of the file field of which it is a value; null: it lies beside the record.
  field text,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  -- Of images, as they are looked at.
  width int,
  height int,
  has_preview boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  -- In the recycle bin since then.
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (company_id, id),
  foreign key (company_id, created_by) references person (company_id, id),
  check (record_id is not null or field is not null)
);
create index attachment_of_record on attachment (company_id, object, record_id, id);
create index attachment_in_bin on attachment (company_id, deleted_at) where deleted_at is not null;
create index attachment_not_saved on attachment (company_id, created_at) where record_id is null;
select seal('attachment');
