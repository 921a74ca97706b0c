-- The path of a plan: draft, in review, approved, published, locked. Review and bottom-up are options of each plan;
-- without them a draft is published in one step. A locked plan changes by dated amendments alone.

alter table plan drop constraint plan_status_check;
alter table plan add constraint plan_status_check
  check (status in ('draft', 'in_review', 'approved', 'published', 'locked'));

alter table plan
  add column asks_review boolean not null default false,
  add column asks_proposals boolean not null default false,
  -- The last day on which people may propose their numbers.
  add column proposals_until date,
  -- The last day on which people may appeal; null: as long as the year runs.
  add column appeals_until date,
  -- Within how many days an appeal is to be decided.
  add column appeal_days int not null default 7 check (appeal_days between 1 and 90);

alter table plan_revision drop constraint plan_revision_kind_check;
alter table plan_revision add constraint plan_revision_kind_check check (kind in (
  'created', 'changed', 'refreshed', 'published',
  'submitted', 'withdrawn', 'sent-back', 'approved', 'reopened', 'locked', 'amended', 'taken-over'));

-- Targets of a row that are others from a day on. What was before stays readable; nothing of it is ever changed.
create table plan_amendment (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  plan_id uuid not null,
  -- The plan's version that it made.
  version int not null,
  unit_id uuid not null,
  -- The zero uuid stands for the unit itself.
  person_id uuid not null,
  -- The first period of the plan that is another one now, counted from 1, and its first day.
  from_period int not null check (from_period >= 1),
  from_day date not null,
  -- Who carries the difference.
  carry text not null check (carry in ('siblings', 'parents', 'buffer')),
  before numeric(20, 4)[] not null,
  after numeric(20, 4)[] not null,
  reason text not null,
  -- The appeal that was granted; null: an amendment by those who make plans.
  appeal_id uuid,
  decided_by uuid,
  at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, plan_id, version) references plan_revision (company_id, plan_id, version) on delete cascade,
  foreign key (company_id, unit_id) references unit (company_id, id),
  foreign key (company_id, decided_by) references person (company_id, id)
);
create index plan_amendment_of_plan on plan_amendment (company_id, plan_id, unit_id, person_id);
select seal('plan_amendment');
revoke update, delete on plan_amendment from terrace_app;
-- Words alone can be emptied of what is personal.
grant update (reason) on plan_amendment to terrace_app;
