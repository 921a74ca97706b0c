-- Crediting of flow and ratio metrics, kept in the database so that its plan is made once per connection: every save
-- passes here, and planning the same joins anew took longer than running them.

-- What one record brings to one metric on one day, before it is shared out and credited to units.
create type ledger_fact as (
  record_id uuid,
  owner_id uuid,
  metric text,
  metric_version int,
  attribution text,
  day date,
  -- Null for values that are not money.
  currency text,
  value numeric,
  -- Does the metric show amounts in the record's own currency?
  is_amount boolean,
  -- Does it have a denominator?
  is_ratio boolean
);

-- Writes the ledger rows of the facts and adds them to the roll-ups. Parts are differences of rounded running shares,
-- so that they sum to the value exactly; each stands in the unit where its person stood on the day. Keys are touched
-- in order, so that two writers cannot wait for each other in a circle.
create function credit_facts(of_object text, base_currency text, facts ledger_fact[]) returns void
  language plpgsql
  as $$
  declare company constant uuid := current_company();
  begin
    with valued as (
      select f.*, round(f.value * case when f.currency is null or f.currency = base_currency then 1 else (
        select x.rate from exchange_rate x
        where x.company_id = company and x.currency = f.currency and x.from_day <= f.day
        order by x.from_day desc limit 1) end, 4) as in_base
      from unnest(facts) f
    ), shared as (
      select v.*, k.person_id, k.position + 1 as part, true as is_split,
        sum(k.percent) over w - k.percent as since, sum(k.percent) over w as upto
      from valued v join credit k on k.company_id = company and k.object = of_object and k.record_id = v.record_id
      window w as (partition by v.record_id, v.metric order by k.position)
      union all
      select v.*, v.owner_id, 1, false, 0, 100
      from valued v where not exists (
        select from credit k where k.company_id = company and k.object = of_object and k.record_id = v.record_id)
    ), moved as (
      insert into ledger_row (
        company_id, record_id, metric, structure_id, part, metric_version, attribution, object, person_id, unit_id, day,
        currency, amount, numerator, denominator)
      select company, c.record_id, c.metric, st.id, c.part, c.metric_version,
        case when c.is_split then 'split' else c.attribution end, of_object,
        coalesce(c.person_id, '00000000-0000-0000-0000-000000000000'),
        coalesce(s.unit_id, '00000000-0000-0000-0000-000000000000'), c.day, c.currency,
        case when c.is_amount then round(c.value * c.upto / 100, 4) - round(c.value * c.since / 100, 4) end,
        round(c.in_base * c.upto / 100, 4) - round(c.in_base * c.since / 100, 4),
        case when c.is_ratio then round(c.upto / 100, 4) - round(c.since / 100, 4) else 0 end
      from shared c
      join structure st on st.company_id = company
        and (st.is_default or exists (select from unit u where u.company_id = company and u.structure_id = st.id))
      left join credit_span s on s.company_id = company and s.structure_id = st.id and s.person_id = c.person_id
        and s.from_day <= c.day and c.day < s.to_day
      returning metric, structure_id, day, unit_id, person_id, numerator, denominator
    )
    insert into rollup (company_id, metric, structure_id, grain, day, unit_id, person_id, numerator, denominator, row_count)
    select company, m.metric, m.structure_id, g.grain,
      case g.grain when 'd' then m.day else date_trunc('month', m.day)::date end, m.unit_id, m.person_id,
      sum(m.numerator), sum(m.denominator), count(*)
    from moved m cross join (values ('d'), ('m')) as g(grain)
    group by 2, 3, 4, 5, 6, 7
    order by 2, 3, 4, 5, 6, 7
    on conflict (company_id, metric, structure_id, grain, day, unit_id, person_id) do update set
      numerator = rollup.numerator + excluded.numerator,
      denominator = rollup.denominator + excluded.denominator,
      row_count = rollup.row_count + excluded.row_count;
  end $$;
grant execute on function credit_facts(text, text, ledger_fact[]) to terrace_app;
