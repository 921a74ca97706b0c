-- How sure a deal counts in the forecast: by its stage, unless a person said otherwise.
alter table stage add column forecast_category text
  check (forecast_category in ('pipeline', 'best_case', 'committed', 'omitted'));
update stage set forecast_category = case
  when kind <> 'open' then null
  when probability >= 70 then 'committed'
  when probability >= 50 then 'best_case'
  else 'pipeline' end;

alter table opportunity
  add column forecast_category text
    check (forecast_category in ('pipeline', 'best_case', 'committed', 'closed', 'omitted')),
  -- A person chose the category: it stays when the deal moves between stages.
  add column forecast_by_hand boolean not null default false;
update opportunity o set forecast_category = case o.status
  when 'won' then 'closed'
  when 'lost' then 'omitted'
  else coalesce(s.forecast_category, 'pipeline') end
from stage s where s.company_id = o.company_id and s.id = o.stage_id;
create index opportunity_in_order_of_forecast_category on opportunity (company_id, forecast_category, id);
