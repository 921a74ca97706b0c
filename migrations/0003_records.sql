-- Tables of the standard objects. Columns are the snake_case of the field keys.
-- A `_rank` column is the leakproof companion of a numeric: filters and sorts use it by index, the numeric decides.

create table account (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  code text,
  industry text,
  province text,
  city text,
  phone text,
  website text,
  employees numeric(20, 4),
  employees_rank double precision generated always as (employees::double precision) stored,
  annual_revenue numeric(20, 4),
  annual_revenue_rank double precision generated always as (annual_revenue::double precision) stored,
  founded_year numeric(20, 4),
  founded_year_rank double precision generated always as (founded_year::double precision) stored,
  parent_id uuid,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, parent_id) references account (company_id, id)
);
create unique index account_code on account (company_id, code) where deleted_at is null and code is not null;
create index account_by_parent on account (company_id, parent_id);
create index account_by_owner on account (company_id, owner_id, id);
create index account_in_order_of_name on account (company_id, name collate "zh-x-icu", id);
create index account_in_order_of_annual_revenue on account (company_id, annual_revenue_rank, id);
create index account_in_order_of_updated_at on account (company_id, updated_at, id);
select seal('account');

create table contact (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  account_id uuid,
  title text,
  phone text,
  email text,
  wechat text,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id)
);
create index contact_by_account on contact (company_id, account_id);
create index contact_by_owner on contact (company_id, owner_id, id);
create index contact_in_order_of_name on contact (company_id, name collate "zh-x-icu", id);
create index contact_in_order_of_updated_at on contact (company_id, updated_at, id);
select seal('contact');

create table product (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  code text,
  series text,
  list_price numeric(20, 4),
  list_price_rank double precision generated always as (list_price::double precision) stored,
  active boolean not null default true,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id)
);
create unique index product_name on product (company_id, name) where deleted_at is null and name is not null;
create unique index product_code on product (company_id, code) where deleted_at is null and code is not null;
create index product_by_owner on product (company_id, owner_id, id);
create index product_in_order_of_updated_at on product (company_id, updated_at, id);
select seal('product');

create table stage (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  name_en text not null,
  kind text not null check (kind in ('open', 'won', 'lost')),
  position numeric(20, 4) not null,
  position_rank double precision generated always as (position::double precision) stored,
  probability numeric(20, 4) not null,
  probability_rank double precision generated always as (probability::double precision) stored,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id)
);
create unique index stage_name on stage (company_id, name) where deleted_at is null and name is not null;
create index stage_by_owner on stage (company_id, owner_id, id);
create index stage_in_order_of_updated_at on stage (company_id, updated_at, id);
select seal('stage');

create table opportunity (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  code text,
  account_id uuid,
  product_id uuid,
  stage_id uuid not null,
  status text not null check (status in ('open', 'won', 'lost')),
  amount numeric(20, 4),
  amount_rank double precision generated always as (amount::double precision) stored,
  currency text not null,
  engaged_on date,
  expected_on date,
  closed_on date,
  lost_reason text,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id),
  foreign key (company_id, product_id) references product (company_id, id),
  foreign key (company_id, stage_id) references stage (company_id, id)
);
create unique index opportunity_code on opportunity (company_id, code) where deleted_at is null and code is not null;
create index opportunity_by_account on opportunity (company_id, account_id);
create index opportunity_by_product on opportunity (company_id, product_id);
create index opportunity_by_stage on opportunity (company_id, stage_id);
create index opportunity_by_owner on opportunity (company_id, owner_id, id);
create index opportunity_in_order_of_closed_on on opportunity (company_id, closed_on, id);
create index opportunity_in_order_of_stage_id on opportunity (company_id, stage_id, id);
create index opportunity_in_order_of_amount on opportunity (company_id, amount_rank, id);
create index opportunity_in_order_of_updated_at on opportunity (company_id, updated_at, id);
select seal('opportunity');

create table sales_order (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  code text not null,
  account_id uuid,
  opportunity_id uuid,
  amount numeric(20, 4),
  amount_rank double precision generated always as (amount::double precision) stored,
  currency text not null,
  ordered_on date not null,
  status text not null check (status in ('draft', 'confirmed', 'cancelled')),
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id),
  foreign key (company_id, opportunity_id) references opportunity (company_id, id)
);
create unique index sales_order_code on sales_order (company_id, code) where deleted_at is null and code is not null;
create index sales_order_by_account on sales_order (company_id, account_id);
create index sales_order_by_opportunity on sales_order (company_id, opportunity_id);
create index sales_order_by_owner on sales_order (company_id, owner_id, id);
create index sales_order_in_order_of_ordered_on on sales_order (company_id, ordered_on, id);
create index sales_order_in_order_of_amount on sales_order (company_id, amount_rank, id);
create index sales_order_in_order_of_updated_at on sales_order (company_id, updated_at, id);
select seal('sales_order');

create table payment (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  code text,
  order_id uuid not null,
  account_id uuid,
  amount numeric(20, 4),
  amount_rank double precision generated always as (amount::double precision) stored,
  currency text not null,
  received_on date not null,
  method text,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, order_id) references sales_order (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id)
);
create unique index payment_code on payment (company_id, code) where deleted_at is null and code is not null;
create index payment_by_order on payment (company_id, order_id);
create index payment_by_account on payment (company_id, account_id);
create index payment_by_owner on payment (company_id, owner_id, id);
create index payment_in_order_of_received_on on payment (company_id, received_on, id);
create index payment_in_order_of_amount on payment (company_id, amount_rank, id);
create index payment_in_order_of_updated_at on payment (company_id, updated_at, id);
select seal('payment');

create table refund (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  code text,
  order_id uuid not null,
  amount numeric(20, 4),
  amount_rank double precision generated always as (amount::double precision) stored,
  currency text not null,
  refunded_on date not null,
  reason text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, order_id) references sales_order (company_id, id)
);
create unique index refund_code on refund (company_id, code) where deleted_at is null and code is not null;
create index refund_by_order on refund (company_id, order_id);
create index refund_by_owner on refund (company_id, owner_id, id);
create index refund_in_order_of_refunded_on on refund (company_id, refunded_on, id);
create index refund_in_order_of_amount on refund (company_id, amount_rank, id);
create index refund_in_order_of_updated_at on refund (company_id, updated_at, id);
select seal('refund');

create table activity (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  kind text not null,
  subject text not null,
  account_id uuid,
  contact_id uuid,
  opportunity_id uuid,
  done_on date not null,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id),
  foreign key (company_id, contact_id) references contact (company_id, id),
  foreign key (company_id, opportunity_id) references opportunity (company_id, id)
);
create index activity_by_account on activity (company_id, account_id);
create index activity_by_contact on activity (company_id, contact_id);
create index activity_by_opportunity on activity (company_id, opportunity_id);
create index activity_by_owner on activity (company_id, owner_id, id);
create index activity_in_order_of_done_on on activity (company_id, done_on, id);
create index activity_in_order_of_updated_at on activity (company_id, updated_at, id);
select seal('activity');

create table task (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  subject text not null,
  account_id uuid,
  opportunity_id uuid,
  due_on date,
  priority text not null default 'normal',
  status text not null default 'open' check (status in ('open', 'done')),
  done_on date,
  note text,
  custom jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, account_id) references account (company_id, id),
  foreign key (company_id, opportunity_id) references opportunity (company_id, id)
);
create index task_by_account on task (company_id, account_id);
create index task_by_opportunity on task (company_id, opportunity_id);
create index task_by_owner on task (company_id, owner_id, id);
create index task_in_order_of_due_on on task (company_id, due_on, id);
create index task_in_order_of_updated_at on task (company_id, updated_at, id);
select seal('task');

-- How a record's result is shared over people; percents of one record sum to 100.
create table credit (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  record_id uuid not null,
  person_id uuid not null,
  percent numeric(7, 4) not null check (percent > 0 and percent <= 100),
  position int not null,
  primary key (company_id, id),
  unique (company_id, object, record_id, person_id),
  foreign key (company_id, person_id) references person (company_id, id)
);
select seal('credit');

-- Each move of an opportunity between stages.
create table stage_transition (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  opportunity_id uuid not null,
  from_stage_id uuid,
  to_stage_id uuid not null,
  at timestamptz not null default now(),
  person_id uuid,
  primary key (company_id, id),
  foreign key (company_id, opportunity_id) references opportunity (company_id, id) on delete cascade,
  foreign key (company_id, from_stage_id) references stage (company_id, id),
  foreign key (company_id, to_stage_id) references stage (company_id, id)
);
create index stage_transition_by_opportunity on stage_transition (company_id, opportunity_id, at);
select seal('stage_transition');
