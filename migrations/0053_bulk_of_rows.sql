-- Bulk edits whose rows come with their own values: made, changed or recognised by a unique field.

alter table bulk_run drop constraint bulk_run_act_check;
alter table bulk_run add constraint bulk_run_act_check check (act in ('update', 'delete', 'create', 'upsert'));
