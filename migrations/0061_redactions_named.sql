-- What erasures took out of the audit before the audit itself said so: named by one act of each company, so that from
-- now on whatever no act names counts as altered.
with taken as (
  select company_id, 'entries' as kind, id, redaction from audit_entry where redaction is not null
  union all
  select company_id, 'operations', id, redaction from operation where redaction is not null
), sides as (
  select t.company_id, t.kind, t.id, jsonb_object_agg(s.key, (
    select coalesce(jsonb_agg(k), '[]'::jsonb) from jsonb_object_keys(s.value -> 'digests') k)) as of_one
  from taken t, jsonb_each(t.redaction) s group by t.company_id, t.kind, t.id
), kinds as (
  select company_id, kind, jsonb_object_agg(id, of_one) as of_kind from sides group by company_id, kind
), acts as materialized (
  -- Keys of the app's kind: by the clock, so that the act stands in its place.
  select company_id, jsonb_object_agg(kind, of_kind) as named, (
    lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
    || substr(replace(gen_random_uuid()::text, '-', ''), 1, 3) || 'a'
    || substr(replace(gen_random_uuid()::text, '-', ''), 1, 15))::uuid as id
  from kinds group by company_id
), operations as (
  insert into operation (company_id, id, kind) select company_id, id, 'personal.erase' from acts
), steps as (
  insert into audit_step (company_id, id, operation_id, first_id, last_id, entries)
  select company_id, id, id, id, id, 1 from acts
)
insert into audit_entry (company_id, id, operation_id, step_id, object, record_id, action, after)
select company_id, id, id, id, 'audit', id, 'redacted', named from acts;
