-- The ledger: what each record adds to each metric, credited as of its day. Rows are derived and can be rebuilt.

create table ledger_row (
  company_id uuid not null references company (id) on delete cascade,
  record_id uuid not null,
  metric text not null,
  structure_id uuid not null,
  -- Numbers the rows of one record and metric: split credits, opening and closing deltas of stock metrics.
  part int not null,
  metric_version int not null,
  attribution text not null check (attribution in ('owner', 'split', 'collector')),
  object text not null,
  -- The zero uuid stands for "nobody" and "no unit": facts that stand in the unassigned node.
  person_id uuid not null,
  unit_id uuid not null,
  day date not null,
  currency text,
  -- In the record's own currency; null for metrics that are not money.
  amount numeric(20, 4),
  -- In the company's base currency, or a plain count.
  numerator numeric(20, 4) not null,
  denominator numeric(20, 4) not null,
  primary key (company_id, record_id, metric, structure_id, part)
);
create index ledger_behind_a_number on ledger_row (company_id, metric, structure_id, day, unit_id, person_id);
select seal('ledger_row');

-- Sums of ledger rows by day (`d`) and by fiscal month (`m`, dated by its first day).
create table rollup (
  company_id uuid not null references company (id) on delete cascade,
  metric text not null,
  structure_id uuid not null,
  grain text not null check (grain in ('d', 'm')),
  day date not null,
  unit_id uuid not null,
  person_id uuid not null,
  numerator numeric(24, 4) not null,
  denominator numeric(24, 4) not null,
  row_count int not null,
  primary key (company_id, metric, structure_id, grain, day, unit_id, person_id)
) with (fillfactor = 80);
select seal('rollup');
