-- Search: tokens of every record, found by equality, and what each person opened and starred.

-- One row per token and place of a record. The key is the whole row: reading it in order gives the best hits first,
-- of everybody or of some owners. It has no reference to company: one check per token would double the cost of a save.
create table search_token (
  company_id uuid not null,
  object text collate "C" not null,
  token text collate "C" not null,
  place smallint not null,
  -- The zero uuid stands for nobody.
  owner_id uuid not null,
  record_id uuid not null,
  primary key (company_id, object, token, place, owner_id, record_id)
);
select seal('search_token');

-- With which version of the tokens a company was indexed; none: it never was.
create table search_version (
  company_id uuid not null references company (id) on delete cascade,
  version int not null,
  primary key (company_id)
);
select seal('search_version');

-- What a person opened lately and what they starred. Titles are not kept: whoever lost sight of a record sees it no more.
create table kept_record (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  object text not null,
  record_id uuid not null,
  opened_at timestamptz,
  starred_at timestamptz,
  primary key (company_id, person_id, object, record_id),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
select seal('kept_record');

create or replace function remove_unfinished_demo() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    delete from search_token where company_id in (select id from company where demo and slug = 'hetian-loading');
    delete from company where demo and slug = 'hetian-loading'
  $$;
