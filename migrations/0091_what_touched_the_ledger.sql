-- What the ledger brings is compared with what was kept the night before. Which records to look at is noted where their rows are
-- written, for the metrics that are watched: five million orders need not be read to find the twelve that changed.

create table ledger_watch (
  company_id uuid not null references company (id) on delete cascade,
  structure_id uuid not null,
  metric text not null,
  -- Every save that begins now notes the records whose rows it writes or removes.
  is_on boolean not null,
  -- Something changed that was not noted: the ledger is to be compared as a whole once more.
  is_whole boolean not null,
  primary key (company_id, structure_id, metric),
  foreign key (company_id, structure_id) references structure (company_id, id)
);
select seal('ledger_watch');

-- One row for each save that touched a record: saves never wait for each other here, nor for the night that clears them away.
create table ledger_touched (
  company_id uuid not null references company (id) on delete cascade,
  id bigint generated always as identity,
  structure_id uuid not null,
  metric text not null,
  record_id uuid not null,
  primary key (company_id, id)
);
create index ledger_touched_by_metric on ledger_touched (company_id, metric, structure_id, record_id);
select seal('ledger_touched');
revoke update on ledger_touched from terrace_app;

-- As it was, and it notes what it touches.
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
      returning record_id, metric, structure_id, day, unit_id, person_id, numerator, denominator
    ), noted as (
      insert into ledger_touched (company_id, structure_id, metric, record_id)
      select distinct w.company_id, w.structure_id, w.metric, c.record_id from came c
      join ledger_watch w on w.company_id = company and w.structure_id = c.structure_id and w.metric = c.metric
      where w.is_on
    )
    select array_agg(row(metric, structure_id, day, unit_id, person_id, numerator, denominator, 1)::ledger_move)
    into moves from came;
    perform move_rollup(moves);
  end $$;
