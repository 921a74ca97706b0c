-- Whose eyes a session looks through: set in the step that puts it on record, and nowhere else.
alter table session
  add column viewing_as uuid,
  add foreign key (company_id, viewing_as) references person (company_id, id) on delete set null (viewing_as);

-- Keys of roles that a company let go. None is given again: what still names one must not speak of another role.
create table retired_role (
  company_id uuid not null references company (id) on delete cascade,
  key text not null,
  retired_at timestamptz not null default now(),
  primary key (company_id, key)
);
select seal('retired_role');
insert into retired_role (company_id, key, retired_at)
select company_id, before ->> 'key', max(at) from audit_entry e
where object = 'role' and action = 'deleted' and before ->> 'key' is not null
  and not exists (select from access_role r where r.company_id = e.company_id and r.key = e.before ->> 'key')
group by company_id, before ->> 'key';
