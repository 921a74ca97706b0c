-- A save of one record moves a few sums, which is quickest one by one; an import moves thousands at once, which is
-- quickest as one statement.

create function add_months(sums numeric[], more numeric[]) returns numeric[]
  language plpgsql immutable parallel safe
  as $$
  begin
    for month in 1 .. 12 loop
      if more[month] <> 0 then sums[month] := sums[month] + more[month]; end if;
    end loop;
    return sums;
  end $$;

create function add_months(sums int[], more int[]) returns int[]
  language plpgsql immutable parallel safe
  as $$
  begin
    for month in 1 .. 12 loop
      if more[month] <> 0 then sums[month] := sums[month] + more[month]; end if;
    end loop;
    return sums;
  end $$;

alter function move_rollup(ledger_move[]) rename to move_rollup_one_by_one;

-- In the order of the keys like the other, so that no two writers wait for each other in a circle.
create function move_rollup_at_once(moves ledger_move[]) returns void
  language plpgsql
  as $$
  begin
    insert into rollup_year as r (
      company_id, metric, structure_id, year, unit_id, person_id, numerator, denominator, row_count,
      numerators, denominators, row_counts)
    select current_company(), m.metric, m.structure_id, extract(year from m.day)::int, m.unit_id, m.person_id,
      sum(m.numerator), sum(m.denominator), sum(m.row_count)::int,
      by_month(extract(month from m.day)::int, m.numerator), by_month(extract(month from m.day)::int, m.denominator),
      by_month(extract(month from m.day)::int, m.row_count)
    from unnest(moves) m
    group by 2, 3, 4, 5, 6
    order by 2, 3, 4, 5, 6
    on conflict (company_id, metric, structure_id, year, unit_id, person_id) do update set
      numerator = r.numerator + excluded.numerator,
      denominator = r.denominator + excluded.denominator,
      row_count = r.row_count + excluded.row_count,
      numerators = add_months(r.numerators, excluded.numerators),
      denominators = add_months(r.denominators, excluded.denominators),
      row_counts = add_months(r.row_counts, excluded.row_counts);
  end $$;

create function move_rollup(moves ledger_move[]) returns void
  language plpgsql
  as $$
  begin
    if cardinality(moves) > 100 then
      perform move_rollup_at_once(moves);
    else
      perform move_rollup_one_by_one(moves);
    end if;
  end $$;
grant execute on function move_rollup(ledger_move[]) to terrace_app;
