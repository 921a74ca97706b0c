-- Reorganisations prepared for a day: steps on a copy of a structure, which change nothing until they are confirmed.

create table reorganisation (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  structure_id uuid not null,
  name text not null,
  effective_on date not null,
  status text not null default 'draft' check (status in ('draft', 'confirmed', 'revoked')),
  steps jsonb not null default '[]',
  version int not null default 1,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  confirmed_by uuid,
  confirmed_at timestamptz,
  -- Of a confirmed one: the dated facts of what it touched, before and after, by which it is revoked.
  facts_before jsonb,
  facts_after jsonb,
  touched jsonb,
  -- The organisation of its day as it was set up when it was confirmed.
  drawn jsonb,
  primary key (company_id, id),
  foreign key (company_id, structure_id) references structure (company_id, id),
  foreign key (company_id, changed_by) references person (company_id, id),
  foreign key (company_id, confirmed_by) references person (company_id, id)
);
select seal('reorganisation');

-- Every state it was saved in.
create table reorganisation_revision (
  company_id uuid not null references company (id) on delete cascade,
  reorganisation_id uuid not null,
  version int not null,
  kind text not null check (kind in ('created', 'changed', 'confirmed', 'revoked')),
  name text not null,
  effective_on date not null,
  steps jsonb not null,
  by_person uuid,
  at timestamptz not null default now(),
  primary key (company_id, reorganisation_id, version),
  foreign key (company_id, reorganisation_id) references reorganisation (company_id, id) on delete cascade,
  foreign key (company_id, by_person) references person (company_id, id)
);
select seal('reorganisation_revision');

-- Names and heads carry no dates: what a confirmed reorganisation gives to units is done when its day comes.
create table unit_change_due (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  reorganisation_id uuid not null,
  unit_id uuid not null,
  on_day date not null,
  -- Null: stays.
  name text,
  sets_head boolean not null,
  head_id uuid,
  primary key (company_id, id),
  foreign key (company_id, reorganisation_id) references reorganisation (company_id, id) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id) on delete cascade,
  foreign key (company_id, head_id) references person (company_id, id)
);
select seal('unit_change_due');

create function companies_with_unit_changes_due() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct d.company_id from unit_change_due d join company c on c.id = d.company_id
    where d.on_day <= (now() at time zone c.zone)::date $$;
revoke all on function companies_with_unit_changes_due() from public;
grant execute on function companies_with_unit_changes_due() to terrace_app;
