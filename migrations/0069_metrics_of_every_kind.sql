-- What more kinds of metrics need: what a row names, counted once however many rows name it; denominators that are amounts;
-- values that everybody credited has whole. And the fields of orders and deals from which margins, receivables and
-- weighted pipelines follow.

alter table sales_order
  add cost numeric(20, 4),
  add cost_rank double precision generated always as (cost::double precision) stored,
  add due_on date;
alter table refund
  add cost numeric(20, 4),
  add cost_rank double precision generated always as (cost::double precision) stored;

alter table opportunity
  add probability numeric(20, 4),
  add probability_rank double precision generated always as (probability::double precision) stored;
update opportunity o set probability = s.probability
from stage s where s.company_id = o.company_id and s.id = o.stage_id;

alter table ledger_row add subject uuid;

-- Whatever adds up days, and counts what they name, finds it in the index alone.
drop index ledger_behind_a_number;
create index ledger_behind_a_number on ledger_row (company_id, metric, structure_id, day, unit_id, person_id)
  include (numerator, denominator, subject);

-- The metrics of the product by which the ledger of a company was written; null before it was told.
alter table company add ledger_metrics text;

alter type ledger_fact
  drop attribute is_ratio,
  -- Its part of the denominator; null where there is none.
  add attribute weight numeric,
  -- Is that an amount in the currency of the fact?
  add attribute is_weight_amount boolean,
  add attribute subject uuid,
  -- `parts`, `whole` or `owner`, see `engine/metrics/metric.ts`.
  add attribute shared text;

-- Writes the ledger rows of the facts and adds them to the roll-up. Parts are differences of rounded running shares,
-- so that they sum to the value exactly; each stands in the unit where its person stood on the day.
create or replace function credit_facts(of_object text, base_currency text, facts ledger_fact[]) returns void
  language plpgsql
  as $$
  declare
    company constant uuid := current_company();
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    moves ledger_move[];
  begin
    with shared as materialized (
      select f.*, k.person_id is not null as is_split,
        case when k.person_id is null then f.owner_id else k.person_id end as person_id,
        coalesce(k.position, 0) + 1 as part,
        case when f.shared = 'whole' then 100 else coalesce(k.percent, 100) end as percent,
        case when k.position > 0 and f.shared = 'parts' then (
          select sum(b.percent) from credit b
          where b.company_id = company and b.object = of_object and b.record_id = f.record_id and b.position < k.position
        ) else 0 end as since,
        r.rate
      from unnest(facts) f
      left join credit k on k.company_id = company and k.object = of_object and k.record_id = f.record_id
        and f.shared <> 'owner'
      cross join lateral (select case when f.currency is null or f.currency = base_currency then 1 else (
        select x.rate from exchange_rate x
        where x.company_id = company and x.currency = f.currency and x.from_day <= f.day
        order by x.from_day desc limit 1) end as rate) r
    ), valued as (
      select s.*, round(s.value * s.rate, 4) as in_base,
        case when s.is_weight_amount then round(s.weight * s.rate, 4) else s.weight end as weight_in_base
      from shared s
    ), came as (
      insert into ledger_row (
        company_id, record_id, metric, structure_id, part, metric_version, attribution, object, person_id, unit_id, day,
        currency, amount, numerator, denominator, subject)
      select company, c.record_id, c.metric, st.id, c.part, c.metric_version,
        case when c.is_split then 'split' else c.attribution end, of_object,
        coalesce(c.person_id, nobody), coalesce(s.unit_id, nobody), c.day, c.currency,
        case when c.is_amount then
          round(c.value * (c.since + c.percent) / 100, 4) - round(c.value * c.since / 100, 4) end,
        round(c.in_base * (c.since + c.percent) / 100, 4) - round(c.in_base * c.since / 100, 4),
        case when c.weight is null then 0 else
          round(c.weight_in_base * (c.since + c.percent) / 100, 4) - round(c.weight_in_base * c.since / 100, 4) end,
        c.subject
      from valued c
      join structure st on st.company_id = company
        and (st.is_default or exists (select from unit u where u.company_id = company and u.structure_id = st.id))
      left join credit_span s on s.company_id = company and s.structure_id = st.id and s.person_id = c.person_id
        and s.from_day <= c.day and c.day < s.to_day
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator
    )
    select array_agg(row(metric, structure_id, day, unit_id, person_id, numerator, denominator, 1)::ledger_move)
    into moves from came;
    perform move_rollup(moves);
  end $$;
