-- The audit: where acts came from and why, entries that nothing changes any more, and the chain that proves it.

-- Of an act: the caller's address, the kind of browser or program, the reason that was given. What is personal among
-- these is covered by the chain through salted digests, like the values of entries.
alter table operation
  add column address text,
  add column agent text,
  add column reason text,
  add column salt uuid default gen_random_uuid(),
  -- Set where values were erased: the salts of those that stay and the digests of those that are gone.
  add column redaction jsonb;
revoke update, delete on operation from terrace_app;
create index operation_by_key on operation (company_id, id) where via = 'key';

-- One step: the entries of one transaction. It gets its number and its place in the chain from a job, so that acts never
-- wait for each other; a step that commits late is sealed late, and none is missed.
create table audit_step (
  company_id uuid not null references company (id) on delete cascade,
  id uuid not null,
  operation_id uuid not null,
  at timestamptz not null default now(),
  -- The entries: those of this step with keys from the first to the last.
  first_id uuid not null,
  last_id uuid not null,
  entries int not null,
  -- 1, 2, 3 … per company in the order of the chain; null: not sealed yet.
  number bigint,
  -- 32 bytes each: of the operation, then of every entry in the order of their keys. They tell which one does not fit.
  digests bytea,
  -- Of the step before, this one, and all digests.
  hash bytea,
  sealed_at timestamptz,
  primary key (company_id, id),
  check ((number is null) = (hash is null))
);
create unique index audit_step_in_order on audit_step (company_id, number) where number is not null;
create index audit_step_open on audit_step (company_id, id) where number is null;
select seal('audit_step');
revoke update, delete on audit_step from terrace_app;

-- One word for one act, whatever it was done to.
update audit_entry set action = case action
    when 'create' then 'created' when 'update' then 'updated' when 'delete' then 'deleted' when 'move' then 'moved'
    when 'merge' then 'merged' when 'close' then 'closed' when 'end' then 'ended' when 'activate' then 'activated'
    when 'deactivate' then 'deactivated' when 'publish' then 'published' when 'refresh' then 'refreshed'
    when 'hand-over' then 'handed-over' when 'sign-in' then 'signed-in' when 'change-password' then 'password-changed'
    when 'reset-password' then 'password-reset' when 'create-api-key' then 'api-key-created'
    when 'link-login' then 'login-linked' else 'exported' end
where action in ('create', 'update', 'delete', 'move', 'merge', 'close', 'end', 'activate', 'deactivate', 'publish',
  'refresh', 'hand-over', 'sign-in', 'change-password', 'reset-password', 'create-api-key', 'link-login', 'export-org');

alter table audit_entry
  add column step_id uuid,
  add column salt uuid default gen_random_uuid(),
  add column redaction jsonb;
-- What was written before there were steps: one for each operation.
insert into audit_step (company_id, id, operation_id, at, first_id, last_id, entries)
select company_id, operation_id, operation_id, min(at), min(id::text)::uuid, max(id::text)::uuid, count(*)
from audit_entry group by company_id, operation_id;
update audit_entry set step_id = operation_id;
alter table audit_entry alter column step_id set not null;

-- The log is read newest first: of one person, and of acts that are rare. What is frequent is soon found in the order of
-- the keys, and what is rare of one object by `audit_by_record`.
create index audit_by_person on audit_entry (company_id, person_id, id);
create index audit_by_rare_action on audit_entry (company_id, action, id)
  where action not in ('created', 'updated', 'deleted');

-- Seals steps that are not sealed yet; a sealed one is never touched again. The app computes, the owner writes.
create function seal_audit(seals jsonb) returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    update audit_step s
    set number = r.number, digests = decode(r.digests, 'hex'), hash = decode(r.hash, 'hex'), sealed_at = now()
    from jsonb_to_recordset(seals) as r(id uuid, number bigint, digests text, hash text)
    where s.company_id = current_company() and s.id = r.id and s.number is null
  $$;
revoke all on function seal_audit(jsonb) from public;
grant execute on function seal_audit(jsonb) to terrace_app;

-- Companies with steps that are not sealed; runs as its owner because the job looks before it enters one.
create function companies_with_open_audit() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select id from company c where exists (
    select from audit_step s where s.company_id = c.id and s.number is null) $$;
revoke all on function companies_with_open_audit() from public;
grant execute on function companies_with_open_audit() to terrace_app;

-- An object without some of its values: the keys stay, so that the chain still knows where they stood.
create function without_values(given jsonb, keys text[]) returns jsonb
  language sql immutable parallel safe
  as $$
    select case when given is null then null else given || coalesce((
      select jsonb_object_agg(k, null) from unnest(keys) k where given ? k), '{}'::jsonb) end
  $$;

-- The only way in which entries lose something: values of theirs become null, with the digests that keep the chain whole.
-- Nothing is added, no entry goes, and wrong digests would be found by the chain.
create function redact_audit(redactions jsonb) returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    update audit_entry e
    set before = without_values(e.before, r.before_keys), after = without_values(e.after, r.after_keys), salt = null,
      redaction = r.redaction
    from jsonb_to_recordset(redactions) as r(id uuid, before_keys text[], after_keys text[], redaction jsonb)
    where e.company_id = current_company() and e.id = r.id
  $$;
revoke all on function redact_audit(jsonb) from public;
grant execute on function redact_audit(jsonb) to terrace_app;

-- The same of operations: their reason and address.
create function redact_operation(redactions jsonb) returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    update operation o
    set reason = case when 'reason' = any(r.keys) then null else o.reason end,
      address = case when 'address' = any(r.keys) then null else o.address end,
      agent = case when 'agent' = any(r.keys) then null else o.agent end, salt = null, redaction = r.redaction
    from jsonb_to_recordset(redactions) as r(id uuid, keys text[], redaction jsonb)
    where o.company_id = current_company() and o.id = r.id
  $$;
revoke all on function redact_operation(jsonb) from public;
grant execute on function redact_operation(jsonb) to terrace_app;
