-- The most that a cell of a plan can be: a share of a whole cannot pass 100 %. Null: nothing bounds it.
-- See src/engine/metrics/greatest.ts and docs/decisions/0089.
alter table plan add column most numeric;
update plan set most = 1
where metric in ('win_rate', 'on_time_rate', 'margin_rate', 'margin_coverage', 'market_share')
  or exists (
    select 1 from own_metric m
    where m.company_id = plan.company_id and m.key = plan.metric and m.definition ->> 'aggregate' = 'share'
  );

-- Conditions of metrics are kept with the names of people: those erased before such names were swept lose them here as well,
-- and where the mark was written as a bare text it becomes a text in both languages, as it is read.
create function without_erased(company uuid, names jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(n.key, case
    when exists (
      select 1 from audit_entry e
      where e.company_id = company and e.object = 'person' and e.action = 'erased' and e.record_id::text = n.key
    ) then jsonb_build_object('zh', '〔已删除〕', 'en', '[erased]') else n.value end), '{}')
  from jsonb_each(names) n
$$;
update own_metric set names = without_erased(company_id, names) where names <> '{}';
update own_metric_version set names = without_erased(company_id, names) where names <> '{}';
drop function without_erased(uuid, jsonb);
