-- What came into the recycle bin with another record, and from where operations came.

-- Records that were deleted because one that they refer to was: they come back with it.
create table bin_companion (
  company_id uuid not null references company (id) on delete cascade,
  object text not null,
  record_id uuid not null,
  with_object text not null,
  with_id uuid not null,
  primary key (company_id, object, record_id)
);
create index bin_companion_with on bin_companion (company_id, with_object, with_id);
select seal('bin_companion');

-- Deleting a record is its last change: the bin is read in the order of these.
create index account_in_bin on account (company_id, updated_at, id) where deleted_at is not null;
create index contact_in_bin on contact (company_id, updated_at, id) where deleted_at is not null;
create index product_in_bin on product (company_id, updated_at, id) where deleted_at is not null;
create index stage_in_bin on stage (company_id, updated_at, id) where deleted_at is not null;
create index opportunity_in_bin on opportunity (company_id, updated_at, id) where deleted_at is not null;
create index sales_order_in_bin on sales_order (company_id, updated_at, id) where deleted_at is not null;
create index payment_in_bin on payment (company_id, updated_at, id) where deleted_at is not null;
create index refund_in_bin on refund (company_id, updated_at, id) where deleted_at is not null;
create index activity_in_bin on activity (company_id, updated_at, id) where deleted_at is not null;
create index task_in_bin on task (company_id, updated_at, id) where deleted_at is not null;
create index custom_record_in_bin on custom_record (company_id, object, updated_at, id) where deleted_at is not null;

-- `page`: a signed-in person; `key`: a program with an API key. Null: the system, or an operation of earlier days.
alter table operation add column via text check (via in ('page', 'key'));

-- A transfer whose made results stay credited to who made them.
alter table bulk_run add column keeps_credit boolean not null default false;
