-- A note of what changed the past of deals told of everything that happened, also today, so that with every deal that comes or closes all
-- that was learned was lost. It now names the first day whose end looks different since: whoever asks what was known up to yesterday
-- looks at notes of days before today, and what happens today is found tomorrow, however late it is committed.

drop trigger deal_past_came on opportunity;
drop trigger deal_past_changed on opportunity;
drop trigger deal_past_shared on credit;
drop trigger deal_past_shared_anew on credit;
drop trigger deal_past_unshared on credit;
drop trigger deal_past_moved on stage_transition;
drop trigger deal_past_unmoved on stage_transition;
drop trigger deal_past_rated on exchange_rate;
drop function note_deal_past();

alter table deal_past_change add column day date not null default '-infinity';
alter table deal_past_change alter column day drop default;
delete from deal_past_change n where not exists (select from company c where c.id = n.company_id);
alter table deal_past_change add foreign key (company_id) references company (id) on delete cascade;

-- The first day on which a deal may have been known, moves that were written down afterwards aside.
create function deal_known_on(engaged_on date, created_at timestamptz, closed_on date, zone text) returns date
  language sql immutable parallel safe
  return least(engaged_on, (created_at at time zone zone)::date, closed_on);

-- Once in a transaction, and again only for an earlier day.
create function note_deal_past(company uuid, since date) returns void
  language plpgsql
  as $$
  declare
    noted constant text := current_setting('terrace.deal_past_noted', true);
  begin
    if noted like company || ' %' and split_part(noted, ' ', 2)::date <= since then
      return;
    end if;
    -- With a company everything of it goes: there is nothing left to note.
    insert into deal_past_change (company_id, day) select company, since where exists (select from company c where c.id = company);
    -- Until the end of the transaction, or of the part of it that is rolled back.
    perform set_config('terrace.deal_past_noted', company || ' ' || since, true);
  end $$;

create function note_deal() returns trigger
  language plpgsql
  as $$
  declare
    company constant uuid := case tg_op when 'DELETE' then old.company_id else new.company_id end;
    zone constant text := (select c.zone from company c where c.id = company);
    before constant date := case tg_op when 'INSERT' then null else deal_known_on(old.engaged_on, old.created_at, old.closed_on, zone) end;
    after constant date := case tg_op when 'DELETE' then null else deal_known_on(new.engaged_on, new.created_at, new.closed_on, zone) end;
    since date;
  begin
    if tg_op <> 'UPDATE' then
      since := least(before, after);
    else
      if (old.owner_id, old.currency, old.deleted_at, old.engaged_on, old.created_at, before)
        is distinct from (new.owner_id, new.currency, new.deleted_at, new.engaged_on, new.created_at, after) then
        since := least(before, after);
      end if;
      -- An open deal stood as it did until it closed; a closed one was won for what it says since then.
      if (old.status, old.closed_on, old.amount) is distinct from (new.status, new.closed_on, new.amount) then
        since := least(since,
          case when old.status <> 'open' then coalesce(old.closed_on, before) end,
          case when new.status <> 'open' then coalesce(new.closed_on, after) end);
      end if;
      -- What stood there before is in the history of changes.
      if (old.amount, old.expected_on) is distinct from (new.amount, new.expected_on) then
        since := least(since, (now() at time zone zone)::date);
      end if;
    end if;
    if since is not null then
      perform note_deal_past(company, since);
    end if;
    return null;
  end $$;

create function note_deal_share() returns trigger
  language plpgsql
  as $$
  declare
    company constant uuid := case tg_op when 'DELETE' then old.company_id else new.company_id end;
    shared constant uuid[] := array[
      case when tg_op <> 'INSERT' and old.object = 'opportunity' then old.record_id end,
      case when tg_op <> 'DELETE' and new.object = 'opportunity' then new.record_id end];
  begin
    -- Shares of a deal that is not there yet, or no more, may be of any day.
    perform note_deal_past(company, coalesce((
      select min(deal_known_on(o.engaged_on, o.created_at, o.closed_on, c.zone))
      from opportunity o join company c on c.id = o.company_id
      where o.company_id = company and o.id = any(shared)), '-infinity'));
    return null;
  end $$;

create function note_deal_move() returns trigger
  language plpgsql
  as $$
  declare
    company constant uuid := case tg_op when 'DELETE' then old.company_id else new.company_id end;
    at constant timestamptz := least(
      case when tg_op <> 'INSERT' then old.at end, case when tg_op <> 'DELETE' then new.at end);
  begin
    perform note_deal_past(company, coalesce(
      (select (at at time zone c.zone)::date from company c where c.id = company), '-infinity'));
    return null;
  end $$;

-- All amounts of the past are told by today's rates.
create function note_deal_rate() returns trigger
  language plpgsql
  as $$
  begin
    perform note_deal_past(case tg_op when 'DELETE' then old.company_id else new.company_id end, '-infinity');
    return null;
  end $$;

create trigger deal_past_came after insert or delete on opportunity
  for each row execute function note_deal();
create trigger deal_past_changed after update on opportunity
  for each row when (
    (old.owner_id, old.engaged_on, old.created_at, old.currency, old.status, old.deleted_at, old.closed_on, old.amount, old.expected_on)
      is distinct from
    (new.owner_id, new.engaged_on, new.created_at, new.currency, new.status, new.deleted_at, new.closed_on, new.amount, new.expected_on))
  execute function note_deal();
create trigger deal_past_shared after insert on credit
  for each row when (new.object = 'opportunity') execute function note_deal_share();
create trigger deal_past_shared_anew after update on credit
  for each row when ('opportunity' in (old.object, new.object)
    and (old.record_id, old.person_id, old.percent) is distinct from (new.record_id, new.person_id, new.percent))
  execute function note_deal_share();
create trigger deal_past_unshared after delete on credit
  for each row when (old.object = 'opportunity') execute function note_deal_share();
create trigger deal_past_moved after insert or update or delete on stage_transition
  for each row execute function note_deal_move();
create trigger deal_past_rated after insert or update or delete on exchange_rate
  for each row execute function note_deal_rate();
