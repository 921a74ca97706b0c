-- Roll-ups by calendar year, the twelve months of a year in one row, like those of a target: the tree of a year is read
-- from one row per person instead of twelve. Days are read from the ledger itself, which lies ready in their order.

create table rollup_year (
  company_id uuid not null references company (id) on delete cascade,
  metric text not null,
  structure_id uuid not null,
  year int not null,
  unit_id uuid not null,
  person_id uuid not null,
  -- Of the whole year.
  numerator numeric(38, 4) not null default 0,
  denominator numeric(38, 4) not null default 0,
  row_count int not null default 0,
  -- Of its months, January first.
  numerators numeric(38, 4)[] not null default '{0,0,0,0,0,0,0,0,0,0,0,0}',
  denominators numeric(38, 4)[] not null default '{0,0,0,0,0,0,0,0,0,0,0,0}',
  row_counts int[] not null default '{0,0,0,0,0,0,0,0,0,0,0,0}',
  primary key (company_id, metric, structure_id, year, unit_id, person_id)
) with (fillfactor = 80);
select seal('rollup_year');

create function add_in_month(months numeric[], month int, value numeric) returns numeric[]
  language plpgsql immutable parallel safe
  as $$ begin months[month] := months[month] + value; return months; end $$;

create function add_in_month(months int[], month int, value int) returns int[]
  language plpgsql immutable parallel safe
  as $$ begin months[month] := months[month] + value; return months; end $$;

-- Sums per month of a year, January first.
create aggregate by_month(month int, value numeric) (
  sfunc = add_in_month, stype = numeric[], initcond = '{0,0,0,0,0,0,0,0,0,0,0,0}');
create aggregate by_month(month int, value int) (
  sfunc = add_in_month, stype = int[], initcond = '{0,0,0,0,0,0,0,0,0,0,0,0}');

insert into rollup_year
select company_id, metric, structure_id, extract(year from day)::int, unit_id, person_id,
  sum(numerator), sum(denominator), sum(row_count),
  by_month(extract(month from day)::int, numerator),
  by_month(extract(month from day)::int, denominator),
  by_month(extract(month from day)::int, row_count)
from rollup where grain = 'm'
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6;

drop table rollup;

-- With the sums in the index, days are added up without going to the rows.
drop index ledger_behind_a_number;
create index ledger_behind_a_number on ledger_row (company_id, metric, structure_id, day, unit_id, person_id)
  include (numerator, denominator);

-- Crediting asks of every structure whether it has units.
create index unit_by_structure on unit (company_id, structure_id);

-- A ledger row that came, or one that went: its sums negated, and -1 row.
create type ledger_move as (
  metric text,
  structure_id uuid,
  day date,
  unit_id uuid,
  person_id uuid,
  numerator numeric,
  denominator numeric,
  row_count int
);

-- Moves the roll-up by what came and went. Keys are touched in order, so that two writers cannot wait for each other in
-- a circle.
create function move_rollup(moves ledger_move[]) returns void
  language plpgsql
  as $$
  declare
    company constant uuid := current_company();
    move record;
  begin
    for move in
      select m.metric, m.structure_id, extract(year from m.day)::int as year, m.unit_id, m.person_id,
        extract(month from m.day)::int as month,
        sum(m.numerator) as numerator, sum(m.denominator) as denominator, sum(m.row_count)::int as row_count
      from unnest(moves) m
      group by 1, 2, 3, 4, 5, 6
      order by 1, 2, 3, 4, 5, 6
    loop
      loop
        update rollup_year r set
          numerator = r.numerator + move.numerator,
          denominator = r.denominator + move.denominator,
          row_count = r.row_count + move.row_count,
          numerators[move.month] = r.numerators[move.month] + move.numerator,
          denominators[move.month] = r.denominators[move.month] + move.denominator,
          row_counts[move.month] = r.row_counts[move.month] + move.row_count
        where r.company_id = company and r.metric = move.metric and r.structure_id = move.structure_id
          and r.year = move.year and r.unit_id = move.unit_id and r.person_id = move.person_id;
        exit when found;
        -- Whoever comes first lays the row down.
        insert into rollup_year (company_id, metric, structure_id, year, unit_id, person_id)
        values (company, move.metric, move.structure_id, move.year, move.unit_id, move.person_id)
        on conflict do nothing;
      end loop;
    end loop;
  end $$;
grant execute on function move_rollup(ledger_move[]) to terrace_app;

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
        coalesce(k.position, 0) + 1 as part, coalesce(k.percent, 100) as percent,
        case when k.position > 0 then (
          select sum(b.percent) from credit b
          where b.company_id = company and b.object = of_object and b.record_id = f.record_id and b.position < k.position
        ) else 0 end as since,
        round(f.value * case when f.currency is null or f.currency = base_currency then 1 else (
          select x.rate from exchange_rate x
          where x.company_id = company and x.currency = f.currency and x.from_day <= f.day
          order by x.from_day desc limit 1) end, 4) as in_base
      from unnest(facts) f
      left join credit k on k.company_id = company and k.object = of_object and k.record_id = f.record_id
    ), came as (
      insert into ledger_row (
        company_id, record_id, metric, structure_id, part, metric_version, attribution, object, person_id, unit_id, day,
        currency, amount, numerator, denominator)
      select company, c.record_id, c.metric, st.id, c.part, c.metric_version,
        case when c.is_split then 'split' else c.attribution end, of_object,
        coalesce(c.person_id, nobody), coalesce(s.unit_id, nobody), c.day, c.currency,
        case when c.is_amount then
          round(c.value * (c.since + c.percent) / 100, 4) - round(c.value * c.since / 100, 4) end,
        round(c.in_base * (c.since + c.percent) / 100, 4) - round(c.in_base * c.since / 100, 4),
        case when c.is_ratio then round((c.since + c.percent) / 100, 4) - round(c.since / 100, 4) else 0 end
      from shared c
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
