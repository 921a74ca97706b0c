-- What people say to each other about a record, and whom they mention.

create table comment (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  object text not null,
  record_id uuid not null,
  person_id uuid,
  text text not null,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, person_id) references person (company_id, id)
);
create index comment_of_record on comment (company_id, object, record_id, id);
create index comment_removed on comment (company_id, deleted_at) where deleted_at is not null;
select seal('comment');

create table mention (
  company_id uuid not null references company (id) on delete cascade,
  comment_id uuid not null,
  person_id uuid not null,
  -- As the text calls the person: names change, texts stay.
  name text not null,
  read_at timestamptz,
  primary key (company_id, person_id, comment_id),
  foreign key (company_id, comment_id) references comment (company_id, id) on delete cascade,
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
create index mention_of_comment on mention (company_id, comment_id);
select seal('mention');
