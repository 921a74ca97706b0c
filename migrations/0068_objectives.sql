-- What the company wants to reach, as a tree with owners, and which targets serve it.

create table objective (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  parent_id uuid,
  name text not null check (name <> ''),
  note text not null default '',
  owner_id uuid,
  -- A fiscal period such as 2026 or 2026-Q2.
  period text not null,
  -- How it is measured: the attainment of a metric at a unit; null: not by a figure.
  metric text,
  unit_id uuid,
  status text not null default 'open' check (status in ('open', 'reached', 'dropped')),
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, parent_id) references objective (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id),
  foreign key (company_id, unit_id) references unit (company_id, id),
  check (parent_id is null or parent_id <> id)
);
create index objective_below on objective (company_id, parent_id);
select seal('objective');

-- A plan, or a row of it, that serves an objective. The zero uuid stands for the whole plan, or for the unit itself.
create table objective_link (
  company_id uuid not null references company (id) on delete cascade,
  objective_id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  primary key (company_id, objective_id, plan_id, unit_id, person_id),
  foreign key (company_id, objective_id) references objective (company_id, id) on delete cascade,
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade
);
create index objective_link_of_plan on objective_link (company_id, plan_id);
select seal('objective_link');
