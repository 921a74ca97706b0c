-- How large the market is, as somebody found out: of a region or everywhere, of an industry or all of them, over a span.

create table market_size (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  -- Code of a country, province, city or district; null: everywhere.
  region text,
  -- As accounts and territories spell it; null: all of them.
  industry text,
  -- `[from_day, to_day)`
  from_day date not null,
  to_day date not null check (to_day > from_day),
  amount numeric(20, 4) not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  source text not null,
  -- When the source told it.
  told_on date not null,
  confidence text not null check (confidence in ('low', 'medium', 'high')),
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (company_id, id)
);
create unique index market_size_once on market_size (company_id, coalesce(region, ''), coalesce(industry, ''), from_day);
select seal('market_size');
