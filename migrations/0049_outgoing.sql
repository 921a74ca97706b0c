-- What leaves for other systems: lanes along which it goes, robots of group chats, webhooks, letters about notices.

-- One lane per receiver: what goes to one keeps its order and holds no other up. `held_until`: a process is at it.
create table lane (
  company_id uuid not null references company (id) on delete cascade,
  kind text not null,
  id uuid not null,
  due_at timestamptz,
  held_until timestamptz,
  primary key (company_id, kind, id)
);
create index lane_due on lane (due_at) where due_at is not null;
select seal('lane');

-- Lanes with something to do; runs as its owner because the sender looks across companies before it enters one.
create function lanes_due(at timestamptz) returns table (company_id uuid, kind text, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select l.company_id, l.kind, l.id from lane l
    where l.due_at <= at and (l.held_until is null or l.held_until <= at) order by l.due_at limit 200
  $$;
revoke all on function lanes_due(timestamptz) from public;
grant execute on function lanes_due(timestamptz) to terrace_app;

-- Letters about notices that wait for their hour.
create table notice_letter (
  company_id uuid not null references company (id) on delete cascade,
  notice_id uuid not null,
  person_id uuid not null,
  is_digest boolean not null,
  due_at timestamptz not null,
  primary key (company_id, notice_id),
  foreign key (company_id, notice_id) references notice (company_id, id) on delete cascade,
  foreign key (company_id, person_id) references person (company_id, id) on delete cascade
);
create index notice_letter_due on notice_letter (company_id, person_id, due_at);
select seal('notice_letter');

-- A robot of a group chat. Address and secret are sealed: whoever has them speaks in the group.
create table robot (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  name text not null,
  brand text not null check (brand in ('wecom', 'dingtalk', 'feishu')),
  sealed_address text not null,
  sealed_secret text,
  -- Kinds of notices that it carries.
  kinds text[] not null,
  language text not null check (language in ('zh', 'en')),
  -- With whose eyes it looks: what that person may not see is not said in the group.
  owner_id uuid not null,
  is_on boolean not null default true,
  muted_until timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  -- Code of the failure, as the adapter names it, and the brand's own number.
  last_failure text,
  last_failure_code text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id)
);
select seal('robot');

-- What a robot is to say; gone once said or given up.
create table robot_message (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  robot_id uuid not null,
  kind text not null,
  key text not null,
  params jsonb not null,
  person_id uuid,
  actor_id uuid,
  object text,
  record_id uuid,
  count int not null,
  at timestamptz not null,
  due_at timestamptz not null,
  tries int not null default 0,
  primary key (company_id, id),
  unique (company_id, robot_id, kind, key),
  foreign key (company_id, robot_id) references robot (company_id, id) on delete cascade
);
create index robot_message_due on robot_message (company_id, robot_id, due_at);
select seal('robot_message');

-- When a robot spoke: its brand counts.
create table robot_call (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  robot_id uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, robot_id) references robot (company_id, id) on delete cascade
);
create index robot_call_by_time on robot_call (company_id, robot_id, at);
select seal('robot_call');

create table webhook (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  name text not null,
  url text not null,
  -- Names of events, `*` for any part: `opportunity.*`.
  events text[] not null,
  -- With whose eyes it looks.
  owner_id uuid not null,
  sealed_secret text not null,
  -- The secret before: both sign until then.
  sealed_former text,
  former_until timestamptz,
  is_on boolean not null default true,
  failures_in_row int not null default 0,
  -- It failed just now: nothing is tried before.
  paused_until timestamptz,
  -- Why it was turned off without anybody asking.
  stopped_at timestamptz,
  last_number bigint not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, owner_id) references person (company_id, id)
);
select seal('webhook');

create table webhook_delivery (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  webhook_id uuid not null,
  -- In the order of the events; attempts of several may overtake each other.
  number bigint not null,
  event_id uuid not null,
  event text not null,
  object text not null,
  record_id uuid not null,
  -- Keys and names of fields; what stands in them is read when it is sent, with the rights of then.
  payload jsonb not null,
  happened_at timestamptz not null,
  -- `unseen`: the owner may not see what it is about. `dead`: given up.
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'unseen', 'dead')),
  tries int not null default 0,
  next_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id),
  unique (company_id, webhook_id, event_id),
  foreign key (company_id, webhook_id) references webhook (company_id, id) on delete cascade
);
create index webhook_delivery_newest on webhook_delivery (company_id, webhook_id, number desc);
create index webhook_delivery_due on webhook_delivery (company_id, webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_ended on webhook_delivery (company_id, ended_at);
select seal('webhook_delivery');

create table webhook_attempt (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  delivery_id uuid not null,
  at timestamptz not null,
  took_ms int not null,
  -- Null: no answer came.
  status int,
  -- Why none came, or why the answer does not count.
  problem text,
  -- The first bytes of the answer.
  answer text,
  primary key (company_id, id),
  foreign key (company_id, delivery_id) references webhook_delivery (company_id, id) on delete cascade
);
create index webhook_attempt_of on webhook_attempt (company_id, delivery_id, id);
select seal('webhook_attempt');
