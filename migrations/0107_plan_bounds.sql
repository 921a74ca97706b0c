-- The most that a cell of a plan can be: a share of a whole cannot pass 100 %. Null: nothing bounds it.
-- See src/engine/metrics/greatest.ts and docs/decisions/0089.
alter table plan add column most numeric;
update plan set most = 1
where metric in ('win_rate', 'on_time_rate', 'margin_rate', 'margin_coverage', 'market_share')
  or exists (
    select 1 from own_metric m
    where m.company_id = plan.company_id and m.key = plan.metric and m.definition ->> 'aggregate' = 'share'
  );
