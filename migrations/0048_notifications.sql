-- What people are told, as a code with parameters that is put into words for each reader; by which ways; and what
-- whoever looks on live is woken for.

-- Notices of a person are numbered: whoever lost the connection goes on after the last one that arrived.
create table notice_reader (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  last_number bigint not null default 0,
  primary key (company_id, person_id),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
select seal('notice_reader');

create table notice (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  person_id uuid not null,
  number bigint not null,
  kind text not null,
  -- What it is about, in the words of its kind: the same told twice is one notice.
  key text not null,
  params jsonb not null default '{}',
  -- Who caused it; nobody: the system.
  actor_id uuid,
  object text,
  record_id uuid,
  -- How many such things it stands for.
  count int not null default 1,
  -- False: only letters or robots tell of it.
  in_app boolean not null default true,
  at timestamptz not null,
  read_at timestamptz,
  primary key (company_id, id),
  unique (company_id, person_id, number),
  unique (company_id, person_id, kind, key),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
create index notice_unread on notice (company_id, person_id, number) where read_at is null and in_app;
create index notice_by_age on notice (company_id, at);
select seal('notice');

-- By which ways a person wants to be told of a kind; without a row as the company, then as the kind itself says.
create table notice_choice (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  kind text not null,
  in_app boolean not null,
  mail text not null check (mail in ('off', 'now', 'digest')),
  robot boolean not null,
  primary key (company_id, person_id, kind),
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
select seal('notice_choice');

create table notice_default (
  company_id uuid not null references company (id) on delete cascade,
  kind text not null,
  in_app boolean not null,
  mail text not null check (mail in ('off', 'now', 'digest')),
  robot boolean not null,
  primary key (company_id, kind)
);
select seal('notice_default');

-- When letters and robots keep quiet, and when the digest comes. Nobody's row is the company's.
create table notice_rhythm (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  -- Minutes of the day; from after to: over midnight.
  quiet_from int check (quiet_from between 0 and 1439),
  quiet_to int check (quiet_to between 0 and 1439),
  -- Null: that of the company.
  zone text,
  digest text not null check (digest in ('daily', 'weekly')),
  digest_hour int not null check (digest_hour between 0 and 23),
  -- Monday is 1.
  digest_weekday int not null check (digest_weekday between 1 and 7),
  primary key (company_id, person_id)
);
select seal('notice_rhythm');

-- Whoever was mentioned and has not read it yet is told so in the new place.
with unread as (
  select m.company_id, m.person_id, m.comment_id, c.person_id as actor_id, c.object, c.record_id, c.created_at,
    row_number() over (partition by m.company_id, m.person_id order by c.id) as number
  from mention m join comment c on c.company_id = m.company_id and c.id = m.comment_id
  where m.read_at is null and c.deleted_at is null
), told as (
  insert into notice (company_id, id, person_id, number, kind, key, params, actor_id, object, record_id, at)
  select company_id, gen_random_uuid(), person_id, number, 'comment.mentioned', comment_id::text,
    jsonb_build_object('comment', comment_id), actor_id, object, record_id, created_at
  from unread
)
insert into notice_reader (company_id, person_id, last_number)
select company_id, person_id, max(number) from unread group by company_id, person_id;

-- Live: processes listen on one channel. What is sent wakes; what somebody sees is asked anew, with their rights.
create function tell_live(company uuid, kind text, person uuid, id uuid) returns void
  language sql as $$
    select pg_notify('terrace_live', json_build_object('company', company, 'kind', kind, 'person', person, 'id', id)::text)
  $$;

create function live_notices() returns trigger language plpgsql as $$
begin
  perform tell_live(company_id, 'notice', person_id, null) from (select distinct company_id, person_id from touched) t;
  return null;
end $$;
create trigger live_told after insert on notice referencing new table as touched
  for each statement execute function live_notices();
create trigger live_read after update on notice referencing new table as touched
  for each statement execute function live_notices();

-- Arguments: what it is called, then the column of its key and the column of who asked for it.
create function live_progress() returns trigger language plpgsql as $$
declare whole jsonb := to_jsonb(new);
begin
  perform tell_live(new.company_id, tg_argv[0], (whole ->> tg_argv[2])::uuid, (whole ->> tg_argv[1])::uuid);
  return null;
end $$;
create trigger live after insert or update on import_run
  for each row execute function live_progress('import', 'id', 'created_by');
create trigger live after insert or update on bulk_run
  for each row execute function live_progress('bulk', 'id', 'created_by');
create trigger live after insert or update on operation_undo
  for each row execute function live_progress('undo', 'operation_id', 'person_id');
create trigger live after insert or update on duplicate_scan
  for each row execute function live_progress('scan', 'id', 'created_by');

-- Whose session or key ends, or who is deactivated, hears nothing more.
create function live_ended() returns trigger language plpgsql as $$
begin
  perform tell_live(company_id, 'ended', person_id, null) from (select distinct company_id, person_id from gone) t;
  return null;
end $$;
create trigger live_ended after delete on session referencing old table as gone
  for each statement execute function live_ended();
create trigger live_ended after delete on api_key referencing old table as gone
  for each statement execute function live_ended();
create function live_deactivated() returns trigger language plpgsql as $$
begin
  perform tell_live(new.company_id, 'ended', new.id, null);
  return null;
end $$;
create trigger live_deactivated after update on person
  for each row when (old.is_active and not new.is_active) execute function live_deactivated();
