-- Metrics that a company makes itself, and how far the ledger holds their rows.

create table own_metric (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  -- Stays for good and is never given again: ledger rows carry it.
  key text not null,
  -- Grows when what the ledger holds by it changes.
  version int not null default 1,
  -- As `engine/metrics/own-metric.ts` reads it.
  definition jsonb not null,
  -- What the people and records are called that its filters name.
  names jsonb not null default '{}',
  -- `clearing`: it is deleted, and its rows are being removed.
  fill_state text not null default 'filling' check (fill_state in ('filling', 'failed', 'ready', 'clearing')),
  records_total int,
  -- Written in the transaction of the records, so that a resumed job does none twice.
  records_done int not null default 0,
  -- Records are taken in the order of their keys; this one and those before it are done.
  after_record uuid not null default '00000000-0000-0000-0000-000000000000',
  created_at timestamptz not null default now(),
  created_by uuid,
  deleted_at timestamptz,
  primary key (company_id, id),
  unique (company_id, key)
);
select seal('own_metric');
