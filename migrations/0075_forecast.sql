-- What people promised of a period, and what their leaders made of it. Every act is a row that stays as it was written,
-- with the period as the calendar had it and the deals as they stood; nothing refers to a period or a category by key.

create table forecast_setting (
  company_id uuid not null references company (id) on delete cascade,
  -- For which periods people submit.
  period_kind text not null check (period_kind in ('month', 'quarter')),
  -- How often: once a period, by its day `due_on`; or every week, by that day of the week (1 = Monday).
  due_every text not null check (due_every in ('week', 'period')),
  due_on int not null check (due_on between 1 and 31 and (due_every = 'period' or due_on <= 7)),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (company_id)
);
select seal('forecast_setting');

create table forecast_entry (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  -- `submission`: a person of the own deals; `override`: a leader of a person or a unit; `withdrawal`: of an override.
  kind text not null check (kind in ('submission', 'override', 'withdrawal')),
  period_key text not null,
  period_kind text not null,
  period_from date not null,
  period_to date not null,
  period_label jsonb not null,
  -- For whom. A person is the same person in whatever unit; the unit then says where the person stood.
  unit_id uuid,
  person_id uuid,
  made_by uuid not null,
  made_at timestamptz not null,
  currency text not null,
  -- Besides what is closed; null in withdrawals.
  commit_amount numeric(20, 4),
  best_amount numeric(20, 4),
  -- What the deals said at that moment, by category.
  closed_amount numeric(20, 4) not null,
  committed_deals numeric(20, 4) not null,
  best_deals numeric(20, 4) not null,
  pipeline_deals numeric(20, 4) not null,
  omitted_deals numeric(20, 4) not null,
  note text,
  primary key (company_id, id),
  check (unit_id is not null or person_id is not null),
  check ((kind = 'withdrawal') = (commit_amount is null) and (commit_amount is null) = (best_amount is null)),
  foreign key (company_id, person_id) references person (company_id, id),
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, made_by) references person (company_id, id)
);
create index forecast_entry_of_period on forecast_entry (company_id, period_from, period_to, id);
create index forecast_entry_of_person on forecast_entry (company_id, person_id, id);
create index forecast_entry_of_unit on forecast_entry (company_id, unit_id, id);
create index forecast_entry_by_maker on forecast_entry (company_id, made_by, id);
select seal('forecast_entry');
revoke update, delete on forecast_entry from terrace_app;
-- Only the words, for the erasure of a natural person.
grant update (note) on forecast_entry to terrace_app;

-- The deals behind an entry, as they were. A deal may be changed, deleted and purged since.
create table forecast_deal (
  company_id uuid not null references company (id) on delete cascade,
  entry_id uuid not null,
  opportunity_id uuid not null,
  -- Whose share of the deal it is.
  person_id uuid not null,
  name text not null,
  stage_name jsonb not null,
  category text not null,
  -- In the currency of the entry.
  amount numeric(20, 4) not null,
  expected_on date,
  primary key (company_id, entry_id, opportunity_id, person_id),
  foreign key (company_id, entry_id) references forecast_entry (company_id, id) on delete cascade
);
select seal('forecast_deal');
revoke update, delete on forecast_deal from terrace_app;
grant update (name) on forecast_deal to terrace_app;
