-- What the planner knows of tables that were filled at once. Only their owner may look at them anew, and the app's role
-- owns none; of whatever it names, this looks at the app's own tables alone.
create function analyze_tables(names text[]) returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare name text;
  begin
    for name in
      select c.relname from pg_catalog.pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname = any(names)
        and c.relowner = (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user)
      order by c.relname
    loop
      execute format('analyze public.%I', name);
    end loop;
  end $$;
revoke all on function analyze_tables(text[]) from public;
grant execute on function analyze_tables(text[]) to terrace_app;

-- Of a deletion: how many records of each object may still go along, because they are a part of those deleted; null: none.
alter table bulk_run add column along jsonb;

-- Of large images a version in between, to look at on a screen.
alter table attachment add column has_middle boolean not null default false;
