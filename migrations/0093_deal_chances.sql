-- How likely a deal was held to be, from a day on. The deal itself has the probability of now: of a closed one that is what
-- became of it, which nobody knew on a past day; see docs/decisions/0093.
create table deal_chance (
  company_id uuid not null references company (id) on delete cascade,
  record_id uuid not null,
  since date not null,
  percent numeric(20, 4) not null,
  primary key (company_id, record_id, since),
  foreign key (company_id, record_id) references opportunity (company_id, id) on delete cascade
);
select seal('deal_chance');

-- What is known of the past: the moves between stages, by what the stages stand for, and what people said themselves.
-- Of a day the last one counts, and what somebody said over what the stage stands for.
insert into deal_chance (company_id, record_id, since, percent)
select distinct on (k.company_id, k.record_id, k.since) k.company_id, k.record_id, k.since, k.percent
from (
  select t.company_id, t.opportunity_id as record_id, (t.at at time zone c.zone)::date as since, s.probability as percent, t.at, 0 as told
  from stage_transition t
  join company c on c.id = t.company_id
  join stage s on s.company_id = t.company_id and s.id = t.to_stage_id and s.kind = 'open'
  union all
  select a.company_id, a.record_id, (a.at at time zone c.zone)::date, (a.after ->> 'probability')::numeric, a.at, 1
  from audit_entry a
  join company c on c.id = a.company_id
  join opportunity o on o.company_id = a.company_id and o.id = a.record_id
  where a.object = 'opportunity' and a.action in ('created', 'updated') and a.after ->> 'probability' is not null
    and coalesce(a.after ->> 'status', 'open') = 'open'
) k
order by k.company_id, k.record_id, k.since, k.at desc, k.told desc;

-- Deals that came without either, as far as they are open.
insert into deal_chance (company_id, record_id, since, percent)
select o.company_id, o.id, (o.created_at at time zone c.zone)::date, o.probability
from opportunity o join company c on c.id = o.company_id
where o.status = 'open' and o.probability is not null
  and not exists (select from deal_chance k where k.company_id = o.company_id and k.record_id = o.id);

-- Whatever was known of the past, an open deal is held to be as likely as it says now.
update deal_chance k set percent = o.probability
from opportunity o
where o.company_id = k.company_id and o.id = k.record_id and o.status = 'open' and o.probability is not null
  and k.percent <> o.probability
  and not exists (
    select from deal_chance n where n.company_id = k.company_id and n.record_id = k.record_id and n.since > k.since);
