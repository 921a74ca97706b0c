-- Letters on their way out: written in the transaction of the act that asks for them, sent by a job.
create table mail (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  template text not null,
  recipient text not null,
  -- What the template is filled with: it may hold a link that opens a door, so it is sealed, and gone once sent or given up.
  sealed text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  tries int not null default 0,
  -- Why the last try failed, as a code such as ECONNREFUSED or 550.
  problem text,
  -- After this it would be of no use: it is given up.
  useful_until timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (company_id, id)
);
create index mail_by_end on mail (company_id, ended_at);
select seal('mail');
