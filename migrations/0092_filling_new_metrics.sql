-- A version of the product may come with metrics that the ledger of a company is not written by. Their rows are written in portions
-- while the company works on: where it stands is here, in the transaction of the records.

create table ledger_filling (
  company_id uuid not null references company (id) on delete cascade,
  -- The metrics that are new or count otherwise now.
  metrics text[] not null,
  -- Objects whose records are still to be gone through, the one in hand first; none: what is no longer counted goes.
  objects text[] not null,
  after_record uuid not null default '00000000-0000-0000-0000-000000000000',
  -- The metrics of the product that it makes the ledger follow, with their versions.
  written_by text not null,
  is_failed boolean not null default false,
  primary key (company_id)
);
select seal('ledger_filling');
