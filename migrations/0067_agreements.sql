-- Numbers that people propose for a plan while it is a draft, and appeals against targets that bind them.

-- What somebody proposes for a row; one cell for each period of the plan.
create table target_proposal (
  company_id uuid not null references company (id) on delete cascade,
  plan_id uuid not null,
  unit_id uuid not null,
  -- The zero uuid stands for a unit without rows below.
  person_id uuid not null,
  periods numeric(20, 4)[] not null check (0 <= all (periods) and array_position(periods, null) is null),
  -- Grows with every change: who changes an older one is told.
  version int not null default 1,
  updated_by uuid,
  updated_at timestamptz not null,
  primary key (company_id, plan_id, unit_id, person_id),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, updated_by) references person (company_id, id)
);
select seal('target_proposal');

-- Every number that was proposed or adjusted, as it was.
create table target_proposal_change (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  version int not null,
  kind text not null check (kind in ('proposed', 'adjusted')),
  periods numeric(20, 4)[] not null,
  comment text,
  by_person uuid,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, by_person) references person (company_id, id)
);
create index target_proposal_change_of_row on target_proposal_change (company_id, plan_id, unit_id, person_id, version);
select seal('target_proposal_change');
revoke update, delete on target_proposal_change from terrace_app;
-- Words alone can be emptied of what is personal.
grant update (comment) on target_proposal_change to terrace_app;

-- Units whose proposals were handed to the tier above; what is below them stands still until they are sent back.
create table unit_submission (
  company_id uuid not null references company (id) on delete cascade,
  plan_id uuid not null,
  unit_id uuid not null,
  state text not null check (state in ('submitted', 'sent-back')),
  comment text,
  by_person uuid,
  at timestamptz not null,
  primary key (company_id, plan_id, unit_id),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, by_person) references person (company_id, id)
);
select seal('unit_submission');

create table appeal (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  plan_id uuid not null,
  unit_id uuid not null,
  -- The zero uuid: against the target of the unit, by its head.
  person_id uuid not null,
  appellant_id uuid not null,
  -- The first period that it asks to change, counted from 1.
  from_period int not null check (from_period >= 1),
  -- What this period and those after it came to together, and should.
  standing numeric(20, 4) not null,
  asked numeric(20, 4) not null check (asked >= 0),
  reasons text not null,
  -- Own history that was attached: [{year, periods: [{key, target, actual}]}].
  evidence jsonb not null default '[]',
  -- Whose head decides; null: those who make plans.
  at_unit_id uuid,
  state text not null default 'open' check (state in ('open', 'granted', 'partly', 'refused', 'withdrawn')),
  decide_by date not null,
  decided_by uuid,
  decided_at timestamptz,
  granted numeric(20, 4),
  decision text,
  amendment_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, plan_id) references plan (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, at_unit_id) references unit (company_id, id),
  foreign key (company_id, appellant_id) references person (company_id, id),
  foreign key (company_id, decided_by) references person (company_id, id)
);
create unique index appeal_open on appeal (company_id, plan_id, unit_id, person_id) where state = 'open';
create index appeal_of_person on appeal (company_id, appellant_id, id);
create index appeal_of_plan on appeal (company_id, plan_id);
select seal('appeal');

-- What happened to an appeal, by whom, when and why.
create table appeal_step (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  appeal_id uuid not null,
  kind text not null check (kind in ('lodged', 'escalated', 'granted', 'partly', 'refused', 'withdrawn')),
  by_person uuid,
  comment text,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, appeal_id) references appeal (company_id, id) on delete cascade,
  foreign key (company_id, by_person) references person (company_id, id)
);
create index appeal_step_of_appeal on appeal_step (company_id, appeal_id, id);
select seal('appeal_step');
revoke update, delete on appeal_step from terrace_app;
grant update (comment) on appeal_step to terrace_app;
