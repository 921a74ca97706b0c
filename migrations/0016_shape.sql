-- What a company adds to the business objects: fields, objects, layouts, rules; values of the fields that it added.

-- Grows with every change of the company's own definitions: a catalogue read before it is stale.
alter table company add column shape_version bigint not null default 0;

drop function acting_person(text, text);
create function acting_person(session_hash text, api_key_hash text)
  returns table (
    company_id uuid, slug text, company_name text, currency text, zone text, fiscal_start int, company_language text,
    demo boolean, org_version bigint, shape_version bigint, person_id uuid, login_id uuid, person_name text, role text,
    language text, must_change boolean, expires_at timestamptz, created_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select c.id, c.slug, c.name, c.currency, c.zone, c.fiscal_start, c.language, c.demo, c.org_version, c.shape_version,
      p.id, p.login_id, p.name, p.role, p.language, k.must_change, k.expires_at, k.created_at
    from (
      select s.company_id, s.person_id, coalesce(l.must_change, false) as must_change, s.expires_at, s.created_at
      from session s left join login l on l.id = s.login_id where s.token_hash = session_hash and s.expires_at > now()
      union all
      select a.company_id, a.person_id, false, a.expires_at, a.created_at
      from api_key a where a.key_hash = api_key_hash and (a.expires_at is null or a.expires_at > now())
    ) k
    join company c on c.id = k.company_id
    join person p on p.company_id = k.company_id and p.id = k.person_id and p.is_active
  $$;
revoke all on function acting_person(text, text) from public;
grant execute on function acting_person(text, text) to terrace_app;

create table custom_object (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  key text not null,
  -- Labels, title field and default order, as `engine/model/shape.ts` reads them.
  definition jsonb not null,
  position int not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  unique (company_id, key)
);
select seal('custom_object');

create table custom_field (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  key text not null,
  definition jsonb not null,
  position int not null default 0,
  -- `building`: a job is writing the values of records that were there before.
  index_state text not null default 'none' check (index_state in ('none', 'building', 'ready')),
  indexed_count bigint not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  -- Values stay for 30 days, so that the field can come back with them.
  deleted_at timestamptz,
  primary key (company_id, id),
  unique (company_id, object, key)
);
select seal('custom_field');

-- Layouts, validation rules and the record type field of any object.
create table object_setup (
  company_id uuid not null references company (id) on delete cascade,
  object text not null,
  setup jsonb not null,
  primary key (company_id, object)
);
select seal('object_setup');

-- Records of all objects that a company made.
create table custom_record (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  owner_id uuid,
  name text not null,
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
create index custom_record_by_owner on custom_record (company_id, object, owner_id, id);
create index custom_record_in_order_of_name on custom_record (company_id, object, name collate "zh-x-icu", id);
create index custom_record_in_order_of_updated_at on custom_record (company_id, object, updated_at, id);
select seal('custom_record');

-- The values of indexed custom fields of living records, in columns that leakproof comparisons find by index. Texts
-- longer than 200 characters are cut; the value in the record's `custom` decides.
create table field_value (
  company_id uuid not null references company (id) on delete cascade,
  record_id uuid not null,
  field_id uuid not null,
  -- Lists have one row per entry.
  part int not null,
  text_value text collate "C",
  number_value double precision,
  date_value date,
  time_value timestamptz,
  id_value uuid,
  -- Only of unique fields: the whole value.
  unique_value text collate "C",
  primary key (company_id, record_id, field_id, part)
);
create index field_value_by_text on field_value (company_id, field_id, text_value, record_id) where text_value is not null;
create index field_value_by_number on field_value (company_id, field_id, number_value, record_id) where number_value is not null;
create index field_value_by_date on field_value (company_id, field_id, date_value, record_id) where date_value is not null;
create index field_value_by_time on field_value (company_id, field_id, time_value, record_id) where time_value is not null;
create index field_value_by_id on field_value (company_id, field_id, id_value, record_id) where id_value is not null;
create unique index field_value_unique on field_value (company_id, field_id, unique_value) where unique_value is not null;
select seal('field_value');

-- The last number that an auto-number field gave in a period (a year, a month, a day, or always).
create table number_series (
  company_id uuid not null references company (id) on delete cascade,
  field_id uuid not null,
  period text not null,
  last bigint not null,
  primary key (company_id, field_id, period)
);
select seal('number_series');
