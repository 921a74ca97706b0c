-- What the past of a company's deals teaches is kept until that past changes. Whether it did was found by hashing every deal on every
-- request; whoever changes it knows, and notes it here: once in a transaction, in a row of its own, so that saves never wait for each other.

create table deal_past_change (
  company_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  primary key (company_id, id)
);
select seal('deal_past_change');
revoke update on deal_past_change from terrace_app;

create function note_deal_past() returns trigger
  language plpgsql
  as $$
  declare
    company constant uuid := case tg_op when 'DELETE' then old.company_id else new.company_id end;
  begin
    if current_setting('terrace.deal_past_noted', true) is distinct from company::text then
      -- With a company everything of it goes: there is nothing left to note.
      insert into deal_past_change (company_id) select company where exists (select from company c where c.id = company);
      -- Until the end of the transaction, or of the part of it that is rolled back.
      perform set_config('terrace.deal_past_noted', company::text, true);
    end if;
    return null;
  end $$;

create trigger deal_past_came after insert or delete on opportunity
  for each row execute function note_deal_past();
-- What becomes of an open deal today is no past yet.
create trigger deal_past_changed after update on opportunity
  for each row when (
    (old.owner_id, old.engaged_on, old.created_at, old.currency, old.status, old.deleted_at)
      is distinct from (new.owner_id, new.engaged_on, new.created_at, new.currency, new.status, new.deleted_at)
    or (new.status <> 'open' and old.version <> new.version))
  execute function note_deal_past();
create trigger deal_past_shared after insert on credit
  for each row when (new.object = 'opportunity') execute function note_deal_past();
create trigger deal_past_shared_anew after update on credit
  for each row when (new.object = 'opportunity'
    and (old.record_id, old.person_id, old.percent) is distinct from (new.record_id, new.person_id, new.percent))
  execute function note_deal_past();
create trigger deal_past_unshared after delete on credit
  for each row when (old.object = 'opportunity') execute function note_deal_past();
-- A move of now is told with its deal; one that is written down afterwards changes the past.
create trigger deal_past_moved after insert on stage_transition
  for each row when (new.at < now()) execute function note_deal_past();
create trigger deal_past_unmoved after update or delete on stage_transition
  for each row execute function note_deal_past();
create trigger deal_past_rated after insert or update or delete on exchange_rate
  for each row execute function note_deal_past();
