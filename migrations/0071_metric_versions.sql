-- What a company's own metric counted in former versions, and until when: figures kept from then name the version.

create table own_metric_version (
  company_id uuid not null references company (id) on delete cascade,
  metric text not null,
  version int not null,
  definition jsonb not null,
  names jsonb not null default '{}',
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Who put the next one in its place.
  ended_by uuid,
  primary key (company_id, metric, version)
);
select seal('own_metric_version');

-- Since when the version that stands holds.
alter table own_metric add version_at timestamptz not null default now();
update own_metric set version_at = created_at;
