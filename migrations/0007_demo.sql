-- A demo company whose loading broke off is removed whole. The app's role may delete no company: this one only,
-- and only while it bears the slug that it has until it is finished.
create function remove_unfinished_demo() returns void
  language sql volatile security definer set search_path = public
  as $$ delete from company where demo and slug = 'hetian-loading' $$;
revoke all on function remove_unfinished_demo() from public;
grant execute on function remove_unfinished_demo() to terrace_app;
