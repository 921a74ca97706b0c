-- Plans: the targets of a metric for a fiscal year, from the top of a structure down to its people.

create table plan (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  metric text not null,
  structure_id uuid not null,
  -- The fiscal year that it plans.
  period_id uuid not null,
  -- Smallest count of the metric: 0.01 of a currency, 1 deal.
  unit numeric(10, 4) not null check (unit > 0),
  -- The day whose org tree the plan was made for.
  tree_on date not null,
  status text not null default 'draft' check (status in ('draft', 'published')),
  -- Grows with every revision: a save that was based on an older one is told who changed what.
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (company_id, id),
  unique (company_id, structure_id, metric, period_id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  foreign key (company_id, period_id) references period (company_id, id),
  foreign key (company_id, updated_by) references person (company_id, id)
);
select seal('plan');

-- One row per unit, and per person in a unit, with its twelve fiscal months: a tree of 3,000 people is read in
-- 3,300 rows instead of 40,000. Quarter and year are sums. The zero uuid as person stands for the unit itself.
create table target (
  company_id uuid not null references company (id) on delete cascade,
  plan_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  -- The plan keeps the tree it was made for, so that its sums hold after a reorganisation.
  parent_unit_id uuid,
  position int not null,
  months numeric(20, 4)[] not null check (array_length(months, 1) = 12 and array_position(months, null) is null),
  locked boolean[] not null check (array_length(locked, 1) = 12 and array_position(locked, null) is null),
  primary key (company_id, plan_id, unit_id, person_id),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, parent_unit_id) references unit (company_id, id),
  check (0 <= all (months))
);
select seal('target');

-- Who changed which targets when and why, with the values before and after.
create table plan_revision (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  plan_id uuid not null,
  -- The plan's version that it made.
  version int not null,
  kind text not null check (kind in ('created', 'changed', 'refreshed', 'published')),
  operation_id uuid not null,
  person_id uuid,
  at timestamptz not null default now(),
  reason text,
  -- [{unit, person, before, after, lockedBefore, lockedAfter}], only rows that changed.
  changes jsonb not null,
  primary key (company_id, id),
  unique (company_id, plan_id, version),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, person_id) references person (company_id, id)
);
select seal('plan_revision');
revoke update, delete on plan_revision from terrace_app;
