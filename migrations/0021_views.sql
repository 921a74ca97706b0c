-- Saved views of records: what a list, a board, a calendar, a timeline or a map shows, and who sees it.

create table saved_view (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  name text not null,
  kind text not null check (kind in ('list', 'kanban', 'calendar', 'timeline', 'map')),
  -- Filter, order, columns, grouping and the settings of the kind, as `features/views/contract.ts` reads them.
  definition jsonb not null,
  -- `role`: everybody of the role sees it and begins with it.
  visibility text not null check (visibility in ('private', 'unit', 'everybody', 'role')),
  unit_id uuid,
  role text,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, unit_id) references unit (company_id, id),
  check ((unit_id is not null) = (visibility = 'unit')),
  check ((role is not null) = (visibility = 'role'))
);
create index saved_view_of_object on saved_view (company_id, object, name);
-- A role begins with one view.
create unique index saved_view_of_role on saved_view (company_id, object, role) where role is not null;
select seal('saved_view');

-- With which view of an object a person begins.
create table view_choice (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  object text not null,
  view_id uuid not null,
  primary key (company_id, person_id, object),
  foreign key (company_id, view_id) references saved_view (company_id, id) on delete cascade
);
select seal('view_choice');
